import { spawn } from 'node:child_process';
import { pulumiCommand, type Process } from '../../../cli/deploy/pulumi-command';

/** What the program of a command line of Pulumi's takes it for, below some other processes. */
function commandOf(line: string, program = '/usr/local/bin/pulumi') {
  const processes: Readonly<Record<number, Process>> = {
    40: { parent: 30, args: ['/opt/pulumi/bin/pulumi-language-nodejs', '127.0.0.1:4000'] },
    30: { parent: 20, args: [program, ...line.split(' ')] },
    20: { parent: 1, args: ['sh', '-c', 'npx pulumi'] },
    1: { parent: 0, args: ['/sbin/init'] },
  };
  return pulumiCommand((pid) => processes[pid], 40);
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
])('pulumi %s runs the program for %s', (line, command) => {
  expect(commandOf(line)).toBe(command);
});

test('the program of a process is known by its name alone', () => {
  expect(commandOf('destroy', 'pulumi')).toBe('destroy');
  expect(commandOf('destroy', '/usr/bin/terraform')).toBe('up');
});

test('where no process is Pulumi, or none can be read, the program runs as for up', () => {
  expect(pulumiCommand(() => undefined, 40)).toBe('up');
  expect(pulumiCommand()).toBe('up');
});

test('the processes of this machine are read', () => {
  // It waits for an input that never comes.
  const args = ['-c', 'read -r line; true', 'destroy'];
  const child = spawn('sh', args, { argv0: 'pulumi', stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    expect(pulumiCommand(undefined, child.pid)).toBe('destroy');
  } finally {
    child.stdin.end();
  }
});
