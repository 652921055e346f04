import { join } from 'node:path';
import type { Application } from '../../constructs/components/application';
import { readEncrypted } from '../../constructs/compile/encrypted';
import type { SecretSource } from '../../constructs/environment/secret-source';
import { IssuesError, type Issue } from '../../constructs/issue';
import { environmentPath } from '../../constructs/model/path';
import type { Runner } from '../../constructs/target/runner';
import type { Target } from '../../constructs/target/target';
import { readEnvFile, type Values } from './secret-values';
import { decrypt } from './sops';

/**
 * The values of the secrets that the builds of an application read. A variable of the shell comes before the source of the
 * environment, as with compose. A source that only a cluster or Pulumi can read has no value for a build.
 * @throws IssuesError with every secret that has no value
 */
export async function buildSecretValues(
  application: Application,
  target: Target,
  names: readonly string[],
  run: Runner,
): Promise<Readonly<Record<string, string>>> {
  if (names.every((name) => valueOfShell(name) !== '')) return valuesOf(names, {});
  const known = valuesOf(names, await readable(application, target, run));
  const missing = names.filter((name) => known[name] === '');
  if (missing.length > 0) throw new IssuesError(missing.map((name) => missingValue(application, name)));
  return known;
}

function valuesOf(names: readonly string[], source: Values): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, valueOfShell(name) || (source[name] ?? '')]));
}

function valueOfShell(name: string): string {
  return process.env[name] ?? '';
}

async function readable(application: Application, target: Target, run: Runner): Promise<Values> {
  const { environment, folder, name } = application;
  const source = sourceForBuilds(environment.secrets);
  if (source.kind === 'env-file') return readEnvFile(join(folder, source.file));
  if (source.kind !== 'sops') return {};
  const { encrypted } = readEncrypted(application, target);
  return decrypt(environmentPath(name, environment.name), join(folder, source.file), encrypted, run);
}

/** The source of the secrets that cannot be generated. */
export function sourceForBuilds(source: SecretSource): SecretSource {
  return source.kind === 'generated' ? source.others : source;
}

/** Where the value of a secret of a build is, for messages. */
export function buildSecretPlace(source: SecretSource, name: string, folder: string): string {
  const shell = `the variable ${name} of the shell`;
  const own = sourceForBuilds(source);
  const isFile = own.kind === 'env-file' || own.kind === 'sops';
  return isFile ? `${shell}, or the file ${join(folder, own.file)}` : shell;
}

function missingValue({ name, environment, folder }: Application, secret: string): Issue {
  const write = `it into ${buildSecretPlace(environment.secrets, secret, folder)}`;
  return {
    path: environmentPath(name, environment.name),
    field: `secret ${secret}`,
    got: undefined,
    write,
    sentence: `secret ${secret}, which a build reads, is missing: write ${write}`,
  };
}
