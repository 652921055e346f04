import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Application } from '../constructs/application';
import { compile } from '../constructs/compile';
import { IssuesError, type Issue } from '../constructs/issue';
import { embeddedSecrets, isUrlSafe } from '../constructs/model/template';
import type { ApplicationModel } from '../constructs/model/workload';
import { createApplications, loadStacks } from './load';
import type { Arguments } from './arguments';
import { green, yellow } from './style';

/** Lists the secrets of an application in an environment; `--init` generates the missing ones in its file. */
export function secrets({ application: name, environment, init }: Arguments): void {
  if (name === undefined || environment === undefined) throw new IssuesError([incomplete(name, environment)]);
  for (const application of createApplications(loadStacks(process.cwd(), name), environment)) {
    const model = compile(application);
    const source = application.environment.secrets;
    if (source.kind === 'env-file') listFile(application, model, join(application.folder, source.file), init);
    else
      for (const secret of model.secrets)
        console.log(`${secret.padEnd(32)} ${sourceOf(secret, application)}`);
  }
}

function listFile(application: Application, model: ApplicationModel, file: string, init: boolean): void {
  const before = readEnvFile(file);
  const missing = model.secrets.filter((secret) => before[secret] === undefined);
  if (init) generate(file, missing);
  const issues = secretIssues(application, model, readEnvFile(file));
  const wrong = (secret: string) => issues.some(({ field }) => field === `secret ${secret}`);
  for (const secret of model.secrets) {
    const state = missing.includes(secret)
      ? yellow(init ? 'generated' : 'missing')
      : wrong(secret)
        ? yellow('unsafe in a URL')
        : green('there');
    console.log(`${secret.padEnd(32)} ${file}  ${state}`);
  }
  if (issues.length > 0) process.exitCode = 1;
}

/** What is wrong with the values of an application's secrets. The values themselves are never told. */
export function secretIssues(
  application: Application,
  model: ApplicationModel,
  values: Readonly<Record<string, string | undefined>>,
): Issue[] {
  const path = `${application.name} (${application.environment.name})`;
  const embedded = embeddedSecrets(model.workloads.flatMap(({ environment }) => Object.values(environment)));
  return model.secrets.flatMap((name): Issue[] => {
    const value = values[name];
    const issue = { path, field: `secret ${name}`, got: undefined };
    if (value === undefined) return [{ ...issue, write: `it into ${sourceOf(name, application)}` }];
    if (!embedded.has(name) || isUrlSafe(value)) return [];
    const write = 'a value of letters, digits and - . _ ~ alone, as it becomes a part of a URL';
    return [{ ...issue, got: 'a value with other characters', write }];
  });
}

/** The variables of a file of `NAME=value` lines; none where there is no such file. */
export function readEnvFile(file: string): Readonly<Record<string, string | undefined>> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Where the value of a secret comes from. */
function sourceOf(secret: string, { name, environment, folder }: Application): string {
  const source = environment.secrets;
  switch (source.kind) {
    case 'none':
      return 'no source';
    case 'env-file':
      return `the file ${join(folder, source.file)}`;
    case 'existing-secret':
      return `the Kubernetes Secret ${source.name}`;
    case 'pulumi-config':
      return `Pulumi, by pulumi config set --secret secrets:${secret} --stack ${name}-${environment.name}`;
  }
}

// Hexadecimal, so that a value may stand in a URL as it is.
function generate(file: string, names: readonly string[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = names.map((name) => `${name}=${randomBytes(24).toString('hex')}\n`);
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  if (lines.length > 0) appendFileSync(file, separator + lines.join(''), { mode: 0o600 });
}

function incomplete(application: string | undefined, environment: string | undefined) {
  return {
    path: 'catamaran secrets',
    field: application === undefined ? 'application' : 'environment',
    got: application === undefined ? application : environment,
    write: 'catamaran secrets <application> --environment <name>',
  };
}
