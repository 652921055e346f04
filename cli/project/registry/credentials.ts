import { homedir } from 'node:os';
import { join } from 'node:path';
import { IssuesError } from '../../../constructs/issue';
import { isMapping, type Mapping } from '../../../constructs/model/data';
import { notEnded, type Runner } from '../../../constructs/target/runner';
import { readText } from '../files';
import { jsonObject } from '../json';
import { hub, parseName } from './name';

/** Credentials for a registry: a name and a password, or a token for getting other tokens. */
export type Credentials =
  | {
      readonly kind: 'none';
      /** What to do if the registry needs credentials. @default run `docker login` */
      readonly advice?: string;
    }
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** The start of the names of helper programs. */
const helperPrefix = 'docker-credential-';

/** Docker's configuration. Other programs write it too, so the types of its fields are not known. */
interface DockerConfig {
  readonly auths: Mapping;
  readonly credHelpers: Mapping;
  readonly credsStore: string | undefined;
}

/**
 * The credentials that `docker login` stored on this machine for a registry, in its configuration file or with a helper
 * program.
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export async function credentialsFor(registry: string, run: Runner): Promise<Credentials> {
  const { auths, credHelpers, credsStore } = dockerConfig();
  const keys = registry === hub ? ['https://index.docker.io/v1/', hub] : [registry, `https://${registry}`];
  let none: Credentials = { kind: 'none' };
  for (const key of keys) {
    const helper = textIn(credHelpers, key) ?? credsStore;
    const found = helper === undefined ? fromEntry(auths[key]) : await fromHelper(helper, key, run);
    if (found.kind !== 'none') return found;
    if (found.advice !== undefined) none = found;
  }
  return none;
}

/** A runner that asks each helper program once about each registry, and remembers the answer. */
export function askingOnce(run: Runner): Runner {
  const answers = new Map<string, ReturnType<Runner>>();
  return (program, args, options) => {
    if (!program.startsWith(helperPrefix)) return run(program, args, options);
    const question = JSON.stringify([program, args, options?.input]);
    const answer = answers.get(question) ?? run(program, args, options);
    answers.set(question, answer);
    return answer;
  };
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
  const config = jsonObject(readText(file) ?? '{}');
  if (!config) {
    // The content is not shown, because it may contain passwords.
    const sentence =
      'this file is not an object in JSON: correct it, or delete it and run docker login again';
    throw new IssuesError([{ path: file, field: 'content', got: '', write: 'an object in JSON', sentence }]);
  }
  return {
    auths: mappingIn(config, 'auths'),
    credHelpers: mappingIn(config, 'credHelpers'),
    credsStore: textIn(config, 'credsStore'),
  };
}

function fromEntry(entry: unknown): Credentials {
  if (!isMapping(entry)) return { kind: 'none' };
  const identitytoken = textIn(entry, 'identitytoken');
  if (identitytoken !== undefined) return { kind: 'token', token: identitytoken };
  const auth = textIn(entry, 'auth');
  if (auth !== undefined) {
    const text = Buffer.from(auth, 'base64').toString();
    const colon = text.indexOf(':');
    return { kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  return passwordOf(textIn(entry, 'username'), textIn(entry, 'password'));
}

// A public image needs no credentials, so a helper that does not work is only told if the registry asks for them.
async function fromHelper(helper: string, key: string, run: Runner): Promise<Credentials> {
  const program = `${helperPrefix}${helper}`;
  const finished = await run(program, ['get'], { input: key });
  const issue = notEnded('', program, finished);
  if (issue)
    return { kind: 'none', advice: `${program} ${String(issue.got)}: ${issue.write}, or ${withoutHelper}` };
  // A helper without credentials for the registry has an exit code other than 0.
  if (finished.code !== 0) return { kind: 'none' };
  const answer = jsonObject(finished.stdout) ?? {};
  const [username, secret] = [textIn(answer, 'Username'), textIn(answer, 'Secret')];
  if (username === '<token>' && secret !== undefined) return { kind: 'token', token: secret };
  const found = passwordOf(username, secret);
  if (found.kind !== 'none') return found;
  return {
    kind: 'none',
    advice: `${program} printed no credentials in JSON: repair it, or ${withoutHelper}`,
  };
}

const withoutHelper = "remove it from Docker's config.json and run docker login";

function passwordOf(username: string | undefined, password: string | undefined): Credentials {
  return username !== undefined && password !== undefined
    ? { kind: 'password', username, password }
    : { kind: 'none' };
}

function mappingIn(mapping: Mapping, key: string): Mapping {
  const value = mapping[key];
  return isMapping(value) ? value : {};
}

/** The text of a key. As for Docker, an empty text is none. */
function textIn(mapping: Mapping, key: string): string | undefined {
  const value = mapping[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
