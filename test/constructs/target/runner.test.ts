import { failed, notRun, reasonOf, runProgram } from '../../../constructs/target/runner';
import { formatIssue } from '../../../constructs/issue';
import { projectOf } from '../../support/project';

test('a program ends with its code, and what it printed on each output and on both', async () => {
  const program = 'read -r word; echo "out $word $1"; sleep 0.1; echo err >&2; exit 3';
  expect(await runProgram('sh', ['-c', program, 'sh', 'a b'], { input: 'in\n' })).toEqual({
    code: 3,
    stdout: 'out in a b\n',
    stderr: 'err\n',
    output: 'out in a b\nerr\n',
  });
});

test('a program runs in the folder that is given', async () => {
  const folder = projectOf({});
  expect((await runProgram('pwd', ['-P'], { folder })).stdout).toBe(`${folder}\n`);
});

test('a program that does not read its input does not fail', async () => {
  const { code } = await runProgram('true', [], { input: 'x'.repeat(1_000_000) });
  expect(code).toBe(0);
});

test.each([
  ['nothing', '', ''],
  ['errors', '', 'err\n'],
  ['everything', 'out\n', 'err\n'],
] as const)('the user sees %s of the output', async (shows, out, err) => {
  const seen = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      seen[name] += String(text);
      return true;
    }),
  );
  try {
    await runProgram('sh', ['-c', 'echo out; echo err >&2'], { shows });
    expect(seen).toEqual({ stdout: out, stderr: err });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
});

test('a missing program has no exit code, and an output that says so', async () => {
  const finished = await runProgram('no-such-program', []);
  expect(finished).toEqual({
    code: notRun,
    stdout: '',
    stderr: 'spawn no-such-program ENOENT',
    output: 'spawn no-such-program ENOENT',
  });
  expect(formatIssue(failed('shop/api', 'no-such-program', [], finished))).toBe(
    'shop/api: no-such-program cannot be started (spawn no-such-program ENOENT): install no-such-program, or add its folder to PATH',
  );
  expect(reasonOf('no-such-program', finished)).toBe(
    'no-such-program cannot be started (spawn no-such-program ENOENT)',
  );
});

test('arguments that are too long are a program that could not be started', async () => {
  const finished = await runProgram('echo', ['a'.repeat(3_000_000)]);
  expect(formatIssue(failed('shop/api', 'echo', [], finished))).toBe(
    'shop/api: echo cannot be started (spawn E2BIG): install echo, or add its folder to PATH',
  );
});

test.each(['SIGKILL', 'SIGTERM'])('a program that %s stopped is not one that is missing', async (signal) => {
  const program = `echo building >&2; kill -${signal.slice(3)} $$`;
  const finished = await runProgram('sh', ['-c', program]);
  const code = signal === 'SIGKILL' ? 137 : 143;
  expect(finished).toEqual({ code, signal, stdout: '', stderr: 'building\n', output: 'building\n' });
  expect(formatIssue(failed('shop/api', 'docker', ['build'], finished))).toBe(
    `shop/api: docker was stopped by ${signal}: run this command again`,
  );
  expect(reasonOf('docker', finished)).toBe(`docker was stopped by ${signal}`);
});

test.each([
  ['exit 137', 'docker build failed with exit code 137: it has printed no error, so run it by hand'],
  [
    'echo no >&2; exit 2',
    'docker build failed with exit code 2: correct the error that docker has printed above',
  ],
])('a program that ended by itself has an exit code: %s', async (program, message) => {
  const finished = await runProgram('sh', ['-c', program]);
  expect(formatIssue(failed('shop/api', 'docker', ['build'], finished))).toBe(`shop/api: ${message}`);
});
