import type { Runner } from '../../constructs/target/runner';

/**
 * The tag that names the commit which a folder was built from, as `sha-<commit>`; `-dirty` follows where the
 * folder is not as it was committed. None where there is no git repository.
 */
export async function commitTag(folder: string, run: Runner): Promise<string[]> {
  const git = async (...args: readonly string[]): Promise<string | undefined> => {
    const { code, stdout } = await run('git', args, { folder });
    return code === 0 ? stdout.trim() : undefined;
  };
  const commit = await git('rev-parse', '--verify', 'HEAD');
  if (commit === undefined) return [];
  const clean = (await git('status', '--porcelain', '--', '.')) === '';
  return [`sha-${commit}${clean ? '' : '-dirty'}`];
}
