import start from './redis-start.sh';
import { filled, oneLine } from '../../model/program';
import type { UrlForm } from '../databases/connection-url';
import type { StoreNames } from '../databases/data-service';
import type { Workload } from '../../model/workload';
import type { RedisImage } from './redis-image';

/** The facts that a cache and a store of Redis have in common. */
export const redisPort = 6379;

/** The folder that the images declare as a volume. */
export const dataFolder = '/data';

/** Redis calls the user of a login without a name `default`. */
export const redisNames: StoreNames = { username: 'default', database: '0' };

/** The form of the connection URL. @param username the user of a managed service */
export function redisUrl(managed: boolean, username: string | undefined, database: string): UrlForm {
  return { scheme: managed ? 'rediss' : 'redis', user: username ?? '', database, query: {}, tls: () => ({}) };
}

/** How a server is started. */
export interface RedisStart {
  /** The file with the password; undefined for a server that asks for none. */
  readonly passwordFile: string | undefined;
  /** More lines of its configuration. */
  readonly settings: readonly string[];
  /** The arguments that are added to the configuration. */
  readonly args: readonly string[];
}

/**
 * The program that starts a server. Redis cannot read a password from a file or a variable, and process lists show
 * arguments. So the script writes the password into a configuration file.
 */
export function redisProgram(
  image: RedisImage,
  { passwordFile, settings, args }: RedisStart,
): Pick<Workload, 'entrypoint' | 'arguments'> {
  const lines = [
    passwordFile === undefined ? say('protected-mode no') : `echo "requirepass $(cat ${passwordFile})"`,
    ...(image.bindsOptionally ? [say('bind * -::*')] : []),
    ...settings.map(say),
    ...redisModules(image),
  ];
  const program = oneLine(filled(start, { SETTINGS: lines.join('\n'), SERVER: image.server }));
  const path = image.programs === '' ? '' : `PATH=${image.programs}:$PATH; `;
  const entrypoint = ['sh', '-c', path + program];
  if (args.length === 0) return { entrypoint, arguments: [] };
  return { entrypoint: ['sh', '-c', `${path}${program} "$@"`, image.server], arguments: args };
}

/** Shell commands that print the lines of a configuration that load the modules of an image. */
export function redisModules({ modules }: RedisImage): readonly string[] {
  return modules.map(({ path, args }) => {
    const line = ['loadmodule $module', args].filter((part) => part !== '').join(' ');
    return `for module in ${path}; do [ ! -x "$module" ] || echo "${line}"; done`;
  });
}

function say(line: string): string {
  return line.includes('"') ? `echo '${line}'` : `echo "${line}"`;
}

/**
 * A check without a password, because components that wait for Redis run it too. The answer NOAUTH, which means that
 * Redis wants a password, also shows that it listens.
 */
export function redisListens({ client }: RedisImage, host: string): readonly string[] {
  return ['sh', '-c', `${client} -h ${host} ping | grep -Eq 'PONG|NOAUTH'`];
}

/** A check with the password. A server that loads its data answers LOADING to whoever is logged in. */
export function redisReady({ client }: RedisImage, passwordFile: string | undefined): readonly string[] {
  const login = passwordFile === undefined ? '' : `REDISCLI_AUTH="$(cat ${passwordFile})" `;
  return ['sh', '-c', `${login}${client} -h 127.0.0.1 ping | grep -q PONG`];
}
