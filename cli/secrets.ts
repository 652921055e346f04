import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Application } from '../constructs/application';
import { compile } from '../constructs/compile';
import { IssuesError } from '../constructs/issue';
import { createApplications, loadStacks } from './load';
import type { Arguments } from './main';
import { green, yellow } from './style';

/** Lists the secrets of an application in an environment; `--init` generates the missing ones in its file. */
export function secrets({ application: name, environment, init }: Arguments): void {
  if (name === undefined || environment === undefined) throw new IssuesError([incomplete(name, environment)]);
  for (const application of createApplications(loadStacks(process.cwd(), name), environment)) {
    const { secrets: names } = compile(application);
    const source = application.environment.secrets;
    if (source.kind !== 'env-file') {
      for (const secret of names) console.log(`${secret.padEnd(32)} ${describe(application)}`);
      continue;
    }
    const file = join(application.folder, source.file);
    const missing = names.filter((secret) => readEnvFile(file)[secret] === undefined);
    if (init) generate(file, missing);
    for (const secret of names)
      console.log(`${secret.padEnd(32)} ${file}  ${state(missing.includes(secret), init)}`);
    if (missing.length > 0 && !init) process.exitCode = 1;
  }
}

/** The variables of a file of `NAME=value` lines; none where there is no such file. */
export function readEnvFile(file: string): Readonly<Record<string, string | undefined>> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Where the values of an application's secrets come from. */
export function describe({ name, environment, folder }: Application): string {
  const source = environment.secrets;
  switch (source.kind) {
    case 'none':
      return 'no source';
    case 'env-file':
      return `the file ${join(folder, source.file)}`;
    case 'existing-secret':
      return `the Kubernetes Secret ${source.name}`;
    case 'pulumi-config':
      return `Pulumi: pulumi config set --secret secrets:NAME --stack ${name}-${environment.name}`;
  }
}

// Hexadecimal, so that a value may stand in a URL as it is.
function generate(file: string, names: readonly string[]): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = names.map((name) => `${name}=${randomBytes(24).toString('hex')}\n`);
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  if (lines.length > 0) appendFileSync(file, separator + lines.join(''), { mode: 0o600 });
}

function state(missing: boolean, init: boolean): string {
  if (!missing) return green('there');
  return yellow(init ? 'generated' : 'missing');
}

function incomplete(application: string | undefined, environment: string | undefined) {
  return {
    path: 'catamaran secrets',
    field: application === undefined ? 'application' : 'environment',
    got: application === undefined ? application : environment,
    write: 'catamaran secrets <application> --environment <name>',
  };
}
