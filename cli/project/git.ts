import type { Runner } from '../../constructs/target/runner';

/**
 * The image tag for the current commit: `sha-<commit>`, or `sha-<commit>-dirty` if the folder has uncommitted changes. Empty
 * outside a Git repository.
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
