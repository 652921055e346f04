import { IssuesError } from '../../constructs/issue';
import type { Encrypted } from '../../constructs/model/secret';
import { notEnded, type Runner } from '../../constructs/target/runner';
import { jsonObject } from './json';
import type { Values } from './secret-values';

/** The output of SOPS: values by name, or a Kubernetes Secret. */
interface Decrypted {
  readonly data?: Values;
  readonly stringData?: Values;
}

/**
 * Decrypts a file with the program `sops`, which finds the keys itself.
 * @param path the path of the environment, for issues
 * @param encrypted the encrypted content of the file: values by name, or a Secret
 * @throws IssuesError if `sops` fails
 */
export async function decrypt(path: string, file: string, { kind }: Encrypted, run: Runner): Promise<Values> {
  const args = ['--decrypt', '--output-type', 'json', file];
  const finished = await run('sops', args, { shows: 'errors' });
  const { code, stdout } = finished;
  const issue = notEnded(path, 'sops', finished);
  if (issue) throw new IssuesError([issue]);
  if (code !== 0) {
    const [got, write] = [`exit code ${code}`, 'provide a key that can decrypt the file'];
    const sentence = `sops cannot decrypt ${file} (${got}): ${write}`;
    throw new IssuesError([{ path, field: `secrets ${file}`, got, write, sentence }]);
  }
  const decrypted = jsonObject(stdout) as (Decrypted & Values) | undefined;
  if (!decrypted) {
    const [got, write] = ['printed no object in JSON', 'update sops'];
    throw new IssuesError([
      { path, field: 'sops', got, write, sentence: `sops ${got} for ${file}: ${write}` },
    ]);
  }
  if (kind !== 'sops-secret') return decrypted;
  const decoded = Object.entries(decrypted.data ?? {}).map(([name, value]) => [
    name,
    value === undefined ? value : Buffer.from(value, 'base64').toString('utf8'),
  ]);
  return { ...(Object.fromEntries(decoded) as Values), ...decrypted.stringData };
}
