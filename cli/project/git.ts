import { spawnSync } from 'node:child_process';

/**
 * The tag that names the commit which a folder was built from, as `sha-<commit>`; `-dirty` follows where the
 * folder is not as it was committed. None where there is no git repository.
 */
export function commitTag(folder: string): string[] {
  const commit = git(folder, 'rev-parse', '--verify', 'HEAD');
  if (commit === undefined) return [];
  const clean = git(folder, 'status', '--porcelain', '--', '.') === '';
  return [`sha-${commit}${clean ? '' : '-dirty'}`];
}

function git(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
