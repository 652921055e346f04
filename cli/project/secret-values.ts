import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Application } from '../../constructs/components/application';
import type { Issue } from '../../constructs/issue';
import { certificateIssues } from './certificates';
import { environmentPath } from '../../constructs/model/path';
import { embeddedSecrets, isUrlSafe } from '../../constructs/model/template';
import type { ApplicationModel } from '../../constructs/model/workload';
import type { SecretSource } from '../../constructs/environment/secret-source';

/** What is known of the values of secrets, by name. */
export type Values = Readonly<Record<string, string | undefined>>;

/** What is wrong with the values of an application's secrets. The values themselves are never told. */
export function secretValueIssues(
  application: Application,
  model: ApplicationModel,
  values: Values,
): Issue[] {
  const path = environmentPath(application.name, application.environment.name);
  const embedded = embeddedSecrets(model.workloads.flatMap(({ variables }) => Object.values(variables)));
  const issues = model.secrets.flatMap((name): Issue[] => {
    const value = values[name];
    const issue = { path, field: `secret ${name}`, got: undefined };
    if (value === undefined) {
      const source = sourceOf(name, application.environment.secrets, model);
      return [{ ...issue, write: `it into ${placeOf(source, name, application, application.folder)}` }];
    }
    if (!embedded.has(name) || isUrlSafe(value)) return [];
    const write = 'a value of letters, digits and - . _ ~ alone, as it becomes a part of a URL';
    return [{ ...issue, got: 'a value with other characters', write }];
  });
  return [...issues, ...certificateIssues(path, model, values, new Date())];
}

/** The variables of a file of `NAME=value` lines; none where there is no such file. */
export function readEnvFile(file: string): Values {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** The source of one secret: of a generated one, or of what cannot be made up. */
export function sourceOf(
  secret: string,
  source: SecretSource,
  { randomSecrets }: ApplicationModel,
): SecretSource {
  return source.kind === 'generated' && !randomSecrets.includes(secret) ? source.others : source;
}

/** Where a source has the value of a secret, in words. */
export function placeOf(
  source: SecretSource,
  secret: string,
  { name, environment }: Pick<Application, 'name' | 'environment'>,
  folder: string,
): string {
  switch (source.kind) {
    case 'none':
      return 'no source';
    case 'env-file':
      return `the file ${join(folder, source.file)}`;
    case 'existing-secret':
      return `the Kubernetes Secret ${source.name}`;
    case 'pulumi-config':
      return `Pulumi, by pulumi config set --secret secrets:${secret} --stack ${name}-${environment.name}`;
    case 'generated':
      return `the state of the Pulumi stack ${name}-${environment.name}`;
    case 'external-secrets': {
      const { entries, store, storeKind } = source;
      const entry = entries.kind === 'one' ? `${secret} of ${entries.key}` : `${entries.prefix}${secret}`;
      return `${entry} in the ${storeKind} ${store}`;
    }
    case 'sealed-secrets':
    case 'sops':
      return `the encrypted file ${join(folder, source.file)}`;
  }
}
