import { IssuesError } from '../../constructs/issue';
import type { Encrypted } from '../../constructs/model/secret';
import { notRun, type Runner } from '../../constructs/target/runner';
import type { Values } from './secret-values';

/** What SOPS prints of a file: values by name, or those of a Kubernetes Secret. */
interface Decrypted {
  readonly data?: Values;
  readonly stringData?: Values;
}

/**
 * Decrypts a file with the program `sops` and the keys that it finds.
 * @param path of the environment, for issues
 * @param encrypted what the model knows of the file: values by name, or a Secret
 * @throws IssuesError where it cannot
 */
export async function decrypt(path: string, file: string, { kind }: Encrypted, run: Runner): Promise<Values> {
  const args = ['--decrypt', '--output-type', 'json', file];
  const { code, stdout, stderr } = await run('sops', args, { shows: 'errors' });
  if (code !== 0) {
    const got = code === notRun ? stderr : `exit code ${code} of sops`;
    const write = 'sops into the PATH, and a key that it can decrypt the file with';
    throw new IssuesError([{ path, field: `secrets ${file}`, got, write }]);
  }
  const decrypted = JSON.parse(stdout) as Decrypted & Values;
  if (kind !== 'sops-secret') return decrypted;
  const decoded = Object.entries(decrypted.data ?? {}).map(([name, value]) => [
    name,
    value === undefined ? value : Buffer.from(value, 'base64').toString('utf8'),
  ]);
  return { ...(Object.fromEntries(decoded) as Values), ...decrypted.stringData };
}
