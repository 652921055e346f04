import { posix } from 'node:path';
import start from './nginx-start.sh';
import { listenParameters, type Listener } from '../model/nginx';
import { passwordFile, proxySecrets, type Authentication } from '../model/route';
import type { Folder } from '../model/storage';
import type { Cpu } from '../model/units';

/** A user, and the secret with the password. */
export type BasicAuth = Authentication & { readonly kind: 'basic' };

/** What the start program of an nginx is told. */
export interface NginxStart {
  /** The most CPU that it gets: nginx has one worker process for each core of it, and not for each of the machine. */
  readonly cpu: Cpu;
  readonly listeners: readonly Listener[];
  /** The passwords whose hashes it writes. */
  readonly passwords: readonly BasicAuth[];
}

const path = '/etc/start/nginx.sh';

/**
 * The file with the start program of an nginx. It writes what depends on the machine, and then starts nginx with the
 * configuration of its image. It writes into /tmp: the DNS server and the domain of the cluster, where to listen on IPv6,
 * the number of worker processes, and the hash of each password, because nginx reads only hashes. It needs sh, awk and
 * sed, and openssl for the hashes; every Debian image of nginx has them.
 *
 * A link to each file beside nginx.conf keeps the includes of the image's configuration working. If the image has the
 * entrypoint of the official images, nginx starts through it.
 */
export const nginxStartFile: Folder = { path: posix.dirname(path), files: { [posix.basename(path)]: start } };

/** The command that runs the start program. */
export function nginxStart({ cpu, listeners, passwords }: NginxStart): string[] {
  const workers = Math.max(1, Math.ceil(cpu.millicores / 1000));
  const hashes = passwords.flatMap((auth) => [
    auth.user,
    `${proxySecrets}/${auth.password}`,
    passwordFile(auth),
  ]);
  return ['sh', path, String(workers), ...listeners.map(listenParameters), '--', ...hashes];
}
