import { join } from 'node:path';
import type { Application } from '../../constructs/components/application';
import { IssuesError, type Issue } from '../../constructs/issue';
import { parseEnvFile, type EnvFile } from '../../constructs/model/env-file';
import { certificateIssues } from './certificates';
import { readText } from './files';
import { environmentPath, deployedName } from '../../constructs/model/path';
import { isUrlSafe, secretsInUrls } from '../../constructs/model/template';
import type { ApplicationModel } from '../../constructs/model/workload';
import type { SecretSource } from '../../constructs/environment/secret-source';

/** The values of secrets by name; undefined if a value is not known. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Finds mistakes in the values of an application's secrets. No issue contains a value. */
export function secretValueIssues(
  application: Application,
  model: ApplicationModel,
  values: Values,
): Issue[] {
  const path = environmentPath(application.name, application.environment.name);
  const inUrls = secretsInUrls(model.workloads.flatMap(({ variables }) => Object.values(variables)));
  const issues = model.secrets.flatMap((name): Issue[] => {
    const value = values[name];
    const issue = { path, field: `secret ${name}`, got: undefined };
    // docker compose refuses an empty value too, and no target needs one.
    if (value === undefined || value === '') {
      if (Object.hasOwn(model.secretDefaults, name)) return [];
      const source = sourceOf(name, application.environment.secrets, model);
      return [{ ...issue, write: `it into ${sourcePlace(source, name, application, application.folder)}` }];
    }
    if (!inUrls.has(name) || isUrlSafe(value)) return [];
    const write = 'a value with only letters, digits and - . _ ~';
    const got = 'becomes a part of a URL, but is empty or contains characters that need escaping there';
    return [{ ...issue, got, write, sentence: `${issue.field} ${got}: write ${write}` }];
  });
  return [...issues, ...certificateIssues(path, model, values, new Date())];
}

/** The variables in a file of `NAME=value` lines. @see openEnvFile */
export function readEnvFile(file: string): Values {
  return openEnvFile(file).values;
}

/**
 * Reads a file of `NAME=value` lines; a file that does not exist counts as empty.
 * @throws IssuesError with each line that programs read differently
 */
export function openEnvFile(file: string): EnvFile {
  const read = parseEnvFile(readText(file) ?? '');
  const issues = read.problems.map(({ line, problem, write }): Issue => {
    return {
      path: `${file}:${line}`,
      field: 'line',
      got: problem,
      write,
      sentence: `${problem}: write ${write}`,
    };
  });
  if (issues.length > 0) throw new IssuesError(issues);
  return read;
}

/** The source of one secret. If secrets are generated, a secret that cannot be random comes from another source. */
export function sourceOf(
  secret: string,
  source: SecretSource,
  { randomSecrets }: ApplicationModel,
): SecretSource {
  return source.kind === 'generated' && !randomSecrets.includes(secret) ? source.others : source;
}

/** Where the value of a secret is, for messages. */
export function sourcePlace(
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
      return `Pulumi, with pulumi config set --secret secrets:${secret} --stack ${deployedName(name, environment.name)}`;
    case 'generated':
      return `the state of the Pulumi stack ${deployedName(name, environment.name)}`;
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
