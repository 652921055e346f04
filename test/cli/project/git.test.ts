import { execFileSync } from 'node:child_process';
import { commitTag } from '../../../cli/project/git';
import { notRun, runProgram, type Finished, type Runner } from '../../../constructs/target/runner';
import { outcomeOf, projectOf } from '../../support/project';
import { fakeRunner } from '../../support/runner';

const commit = '0123456789abcdef0123456789abcdef01234567';

/** The tags, and what the user reads. */
async function tagsIn(folder: string, run: Runner): Promise<{ tags: string[]; stderr: string }> {
  let tags: string[] = [];
  const { stderr } = await outcomeOf(async () => {
    tags = await commitTag('shop/api', folder, run);
  });
  return { tags, stderr };
}

/** A git that answers so when it is asked for the commit, and otherwise so for the changes. */
const git = (head: string | Partial<Finished>, status: string | Partial<Finished> = '') =>
  fakeRunner((line) => (line.includes('rev-parse') ? head : status)).run;

test('outside a repository and before the first commit, there is no tag and no word about it', async () => {
  const folder = projectOf({});
  expect(await tagsIn(folder, runProgram)).toEqual({ tags: [], stderr: '' });
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  expect(await tagsIn(folder, runProgram)).toEqual({ tags: [], stderr: '' });
});

test('a machine without git gives no tag and no word about it', async () => {
  const run = git({ code: notRun, stderr: 'spawn git ENOENT' });
  expect(await tagsIn('.', run)).toEqual({ tags: [], stderr: '' });
});

const dubious =
  "fatal: detected dubious ownership in repository at '/shop'\nTo add an exception, call:\n\n\tgit config";
const told = (how: string) =>
  `  shop/api: the image gets no tag with the commit, because git ${how}: correct this for such a tag, or ignore it`;

test.each<[string, Runner, string]>([
  [
    'refuses',
    git({ code: 128, stderr: dubious }),
    "failed (fatal: detected dubious ownership in repository at '/shop' To add an exception, call: git config)",
  ],
  ['prints nothing', git(''), 'printed "" for HEAD'],
  ['prints no commit', git('hello\n'), 'printed "hello" for HEAD'],
  ['was stopped', git({ code: 137, signal: 'SIGKILL' }), 'failed (git was stopped by SIGKILL)'],
  ['ends without a word', git({ code: 2 }), 'failed (exit code 2)'],
  [
    'cannot tell the changes',
    git(commit, { code: 128, stderr: 'fatal: bad index' }),
    'failed (fatal: bad index)',
  ],
])('a git that %s gives no tag, and the user reads why', async (_, run, how) => {
  expect(await tagsIn('.', run)).toEqual({ tags: [], stderr: told(how) });
});

test('a commit is a tag', async () => {
  expect(await tagsIn('.', git(`${commit}\n`))).toEqual({ tags: [`sha-${commit}`], stderr: '' });
  expect(await tagsIn('.', git(`${commit}\n`, ' M a\n'))).toEqual({
    tags: [`sha-${commit}-dirty`],
    stderr: '',
  });
});
