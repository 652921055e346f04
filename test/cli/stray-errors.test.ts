import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stackFile, withLibrary } from '../support/project';

const main = join(resolve(__dirname, '../..'), 'lib/cli/main.js');

/** How a shell ends that runs the command in a project. */
function shell(project: string, line: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line, process.execPath, main], {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const hint = 'NODE_DEBUG=catamaran shows the stack trace';

test.each([
  [
    "void Promise.reject(new Error('no'));",
    `stacks/shop.ts:1:21: stacks: a promise or a timer threw Error: no: ${hint}`,
  ],
  [
    "setTimeout(() => { throw new Error('no'); }, 1);",
    `stacks/shop.ts:1:26: stacks: a promise or a timer threw Error: no: ${hint}`,
  ],
  [
    "setInterval(() => { throw new Error('no'); }, 1);",
    `stacks/shop.ts:1:27: stacks: a promise or a timer threw Error: no: ${hint}`,
  ],
])('an error of a stack that nobody catches is told with its line: %s', (line, message) => {
  const project = withLibrary({ 'stacks/shop.ts': `${line}\n${stackFile()}` });
  const { status, stderr } = shell(project, '"$0" "$1" graph');
  expect({ status, stderr }).toEqual({ status: 1, stderr: `${message}\n1 problem\n` });
});

test('a promise that rejects with no error is told as well', () => {
  const project = withLibrary({ 'stacks/shop.ts': `void Promise.reject(null);\n${stackFile()}` });
  const { status, stderr } = shell(project, '"$0" "$1" graph');
  expect({ status, lines: stderr.split('\n') }).toEqual({
    status: 1,
    lines: [expect.stringMatching(/^stacks: a promise or a timer threw null: [^\n]+$/), '1 problem', ''],
  });
});

test.each(['null', 'undefined'])('a stack that throws %s is told in words', (value) => {
  const project = withLibrary({ 'stacks/shop.ts': `throw ${value};` });
  const { status, stderr } = shell(project, '"$0" "$1" graph');
  expect({ status, lines: stderr.split('\n') }).toEqual({
    status: 1,
    lines: [expect.stringMatching(`^stacks/shop: loading threw ${value}: [^\n]+$`), '1 problem', ''],
  });
});

const full = existsSync('/dev/full') ? test : test.skip;

full('an output that cannot be written is told in words, and fails', () => {
  expect(shell(withLibrary({}), '"$0" "$1" matrix >/dev/full')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'The output cannot be written: ENOSPC: no space left on device, write\n',
  });
});

test('a reader that goes away early is no mistake', () => {
  const line = 'set -o pipefail; "$0" "$1" matrix | head -n 0';
  expect(shell(withLibrary({}), line)).toEqual({ status: 0, stdout: '', stderr: '' });
});
