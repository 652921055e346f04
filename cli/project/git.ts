import { formatIssue, withoutLineBreaks } from '../../constructs/issue';
import { notRun, reasonOf, type Finished, type Runner } from '../../constructs/target/runner';

/**
 * The image tag for the current commit: `sha-<commit>`, or `sha-<commit>-dirty` if the folder has uncommitted changes. Empty
 * without Git, outside a repository, and before its first commit. Empty too if Git fails, but then the user reads why: the
 * image can be built without this tag.
 * @param path the component, as application/component
 */
export async function commitTag(path: string, folder: string, run: Runner): Promise<string[]> {
  // In English, so that the message can be told from others.
  const git = (...args: readonly string[]) => run('git', args, { folder, variables: { LC_ALL: 'C' } });
  const noTag = (got: string): string[] => {
    const write = 'correct this for such a tag, or ignore it';
    const sentence = `the image gets no tag with the commit, because git ${got}: ${write}`;
    console.error(`  ${formatIssue({ path, field: 'git', got, write, sentence })}`);
    return [];
  };
  // With --quiet, git prints nothing about a repository without a commit, and its exit code is 1.
  const head = await git('rev-parse', '--verify', '--quiet', 'HEAD');
  if (isWithoutCommit(head)) return [];
  if (head.code !== 0) return noTag(failureOf(head));
  const commit = head.stdout.trim();
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return noTag(`printed ${JSON.stringify(commit)} for HEAD`);
  const status = await git('status', '--porcelain', '--', '.');
  if (status.code !== 0) return noTag(failureOf(status));
  return [`sha-${commit}${status.stdout.trim() === '' ? '' : '-dirty'}`];
}

function isWithoutCommit({ code, stderr }: Finished): boolean {
  return code === notRun || (code === 1 && stderr.trim() === '') || stderr.includes('not a git repository');
}

function failureOf(finished: Finished): string {
  return `failed (${withoutLineBreaks(reasonOf('git', finished))})`;
}
