import { listenParameters, nginxStartPath, type Listener } from '../model/nginx';
import { passwordFile, proxySecrets, type Authentication } from '../model/route';
import type { Cpu } from '../model/units';

/** A user, and the secret with the password. */
export type BasicAuth = Authentication & { readonly kind: 'basic' };

/** What the program that starts an nginx is told. */
export interface NginxStart {
  /** The most CPU that it gets: nginx has one worker process for each core of it, and not for each of the machine. */
  readonly cpu: Cpu;
  readonly listeners: readonly Listener[];
  /** The passwords whose hashes it writes. */
  readonly passwords: readonly BasicAuth[];
}

/** The command that starts an nginx: see nginxStartFile. */
export function nginxStart({ cpu, listeners, passwords }: NginxStart): string[] {
  const workers = Math.max(1, Math.ceil(cpu.millicores / 1000));
  const hashes = passwords.flatMap((auth) => [
    auth.user,
    `${proxySecrets}/${auth.password}`,
    passwordFile(auth),
  ]);
  return ['sh', nginxStartPath, String(workers), ...listeners.map(listenParameters), '--', ...hashes];
}
