import { spawn } from 'node:child_process';
import { pulumiCommand } from '../../../cli/deploy/pulumi-command';
import { runProgram } from '../../../constructs/target/runner';
import { fakeRunner } from '../../support/runner';

/** More than the id of any process of Linux, so that ps is asked. */
const beyond = 2 ** 22;

/** What the program of a command line of Pulumi's takes it for, below some other processes. */
function commandOf(line: string, program = '/usr/local/bin/pulumi') {
  const processes = [
    `    0 /sbin/init`,
    `${beyond} sh -c npx pulumi`,
    `${beyond + 1} ${program} ${line}`,
    `${beyond + 2} /opt/pulumi/bin/pulumi-language-nodejs 127.0.0.1:4000`,
  ];
  const { run } = fakeRunner((call) => {
    const [, pid] = /^ps -ww -o ppid= -o args= -p (\d+)$/.exec(call) ?? [];
    return processes[Number(pid) - beyond] ?? { code: 1 };
  });
  return pulumiCommand(run, beyond + 3);
}

test.each([
  ['destroy --run-program --yes --stack shop-dev', 'destroy'],
  ['down --yes', 'destroy'],
  ['dn', 'destroy'],
  ['refresh --run-program', 'refresh'],
  ['up --yes --stack destroy', 'up'],
  ['update', 'up'],
  ['preview', 'up'],
  ['--cwd destroy up', 'up'],
  ['-C destroy up', 'up'],
  ['-C shop destroy', 'destroy'],
  ['--cwd=shop destroy', 'destroy'],
  ['--stack shop-dev destroy', 'destroy'],
  ['--non-interactive -e destroy', 'destroy'],
  ['-v=9 destroy', 'destroy'],
  ['-v9 destroy', 'destroy'],
  ['--color never --logtostderr refresh', 'refresh'],
])('pulumi %s runs the program for %s', async (line, command) => {
  expect(await commandOf(line)).toBe(command);
});

test('the program of a process is known by its name alone', async () => {
  expect(await commandOf('destroy', 'pulumi')).toBe('destroy');
  expect(await commandOf('destroy', '/usr/bin/terraform')).toBe('up');
});

test('where no process is Pulumi, or none can be read, the program runs as for up', async () => {
  const { run } = fakeRunner(() => ({ code: 1 }));
  expect(await pulumiCommand(run, beyond)).toBe('up');
  expect(await pulumiCommand(runProgram)).toBe('up');
});

test('the processes of this machine are read', async () => {
  // It waits for an input that never comes.
  const args = ['-c', 'read -r line; true', 'destroy'];
  const child = spawn('sh', args, { argv0: 'pulumi', stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    expect(await pulumiCommand(runProgram, child.pid)).toBe('destroy');
  } finally {
    child.stdin.end();
  }
});
