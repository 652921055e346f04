import { spawnSync } from 'node:child_process';
import { IssuesError } from '../../constructs/issue';

type Values = Readonly<Record<string, string | undefined>>;

/** What SOPS gives of a file: values by name, or those of a Kubernetes Secret. */
interface Decrypted {
  readonly data?: Values;
  readonly stringData?: Values;
}

/**
 * Decrypts a file with the program `sops` and the keys that it finds.
 * @throws IssuesError where it cannot
 */
export function decrypt(path: string, file: string, target: 'docker' | 'kubernetes'): Values {
  const args = ['--decrypt', '--output-type', 'json', file];
  const { status, error, stdout } = spawnSync('sops', args, {
    encoding: 'utf8',
    env: process.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) {
    const got = error ? error.message : `exit code ${status} of sops`;
    const write = 'sops into the PATH, and a key that it can decrypt the file with';
    throw new IssuesError([{ path, field: `secrets ${file}`, got, write }]);
  }
  const decrypted = JSON.parse(stdout) as Decrypted & Values;
  if (target === 'docker') return decrypted;
  const decoded = Object.entries(decrypted.data ?? {}).map(([name, value]) => [
    name,
    value === undefined ? value : Buffer.from(value, 'base64').toString('utf8'),
  ]);
  return { ...(Object.fromEntries(decoded) as Values), ...decrypted.stringData };
}
