import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Runner } from '../../../constructs/target/runner';
import { hub, parseName } from './name';

/** Credentials for a registry: a name and a password, or a token for getting other tokens. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

interface DockerConfig {
  readonly auths?: Readonly<Record<string, Entry>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

interface Entry {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/**
 * The credentials that `docker login` stored on this machine for a registry, in its configuration file or with a helper
 * program.
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export async function credentialsFor(registry: string, run: Runner): Promise<Credentials> {
  const { auths = {}, credHelpers = {}, credsStore } = dockerConfig();
  const keys = registry === hub ? ['https://index.docker.io/v1/', hub] : [registry, `https://${registry}`];
  for (const key of keys) {
    const helper = credHelpers[key] ?? credsStore;
    const found = helper === undefined ? fromEntry(auths[key]) : await fromHelper(helper, key, run);
    if (found.kind !== 'none') return found;
  }
  return { kind: 'none' };
}

/** The registries of some images for which this machine has credentials. Docker Hub is left out: it is used without credentials. */
export async function registriesWithCredentials(
  images: readonly string[],
  run: Runner,
): Promise<readonly string[]> {
  const registries = [...new Set(images.map((image) => parseName(image).registry))].filter(
    (one) => one !== hub,
  );
  const found = await Promise.all(
    registries.map(async (one) => ({ one, credentials: await credentialsFor(one, run) })),
  );
  return found.flatMap(({ one, credentials }) => (credentials.kind === 'none' ? [] : [one])).sort();
}

function dockerConfig(): DockerConfig {
  const file = join(process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker'), 'config.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DockerConfig) : {};
}

function fromEntry({ auth, username, password, identitytoken }: Entry = {}): Credentials {
  if (identitytoken !== undefined && identitytoken !== '') return { kind: 'token', token: identitytoken };
  if (auth !== undefined && auth !== '') {
    const text = Buffer.from(auth, 'base64').toString();
    const colon = text.indexOf(':');
    return { kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  return username !== undefined && password !== undefined
    ? { kind: 'password', username, password }
    : { kind: 'none' };
}

// A helper without credentials for the registry has an exit code other than 0.
async function fromHelper(helper: string, key: string, run: Runner): Promise<Credentials> {
  const { code, stdout } = await run(`docker-credential-${helper}`, ['get'], { input: key });
  if (code !== 0) return { kind: 'none' };
  const { Username, Secret } = JSON.parse(stdout) as { Username: string; Secret: string };
  return Username === '<token>'
    ? { kind: 'token', token: Secret }
    : { kind: 'password', username: Username, password: Secret };
}
