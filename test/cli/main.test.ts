import { readdirSync } from 'node:fs';
import { commands } from '../../cli/commands';
import { fail } from '../../cli/failure';
import { projectOf, runAsyncIn, stackFile, type Outcome } from '../support/project';

// Node reads the arguments of the process that runs the tests, where none are given.
let given: string[] = [];
jest.mock('node:util', () => {
  const actual = jest.requireActual<typeof import('node:util')>('node:util');
  return { ...actual, parseArgs: (config: object) => actual.parseArgs({ ...config, args: given }) };
});

/** Runs the program as if it had been called in a project. */
function catamaran(project: string, ...args: string[]): Promise<Outcome> {
  given = args;
  // Each run listens to the streams of the process, which stay the same.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  return runAsyncIn(project, () => {
    jest.isolateModules(() => {
      require('../../cli/main');
    });
    // A command that takes its time fails a moment later.
    return new Promise((resolve) => setImmediate(resolve));
  });
}

const shop = (file = stackFile()) => projectOf({ 'package.json': '{"name":"raft"}', 'stacks/shop.ts': file });

test('synth writes what is asked for, and succeeds', async () => {
  const project = shop(stackFile({ environments: "dev: docker(), live: kubernetes({ namespace: 'shop' })" }));
  const { stdout, stderr, exitCode } = await catamaran(
    project,
    'synth',
    'shop',
    '-e',
    'dev',
    '--out',
    'here',
  );
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: undefined });
  expect(stdout).toContain('files changed in here');
  expect(readdirSync(`${project}/here/shop`)).toEqual(['dev']);
});

test('problems are told in words, counted, and fail without a stack trace', async () => {
  const project = shop(stackFile({ props: "image: 'api', port: 80" }));
  const outcome = await catamaran(project, 'synth');
  expect(outcome).toEqual({
    stdout: '',
    stderr: [
      'shop/api: image is "api": write an image with a tag or a digest, such as api:1.27',
      'shop/api: port is 80: write a whole number from 1024 to 65535',
      '2 problems; nothing was written',
    ].join('\n'),
    exitCode: 1,
    thrown: undefined,
  });
  expect(readdirSync(project).sort()).toEqual(['package.json', 'stacks']);
});

test.each([
  [['synth', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [['synth', 'shop', '--environment', 'live'], 'catamaran: environment is "live": write one of dev'],
  [
    ['new', 'Shop'],
    'catamaran new: application is "Shop": write a DNS label: lower-case letters, digits and -, starting with a letter',
  ],
  [['build', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [['images', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [
    ['images', '--pin', '--registry-mirror', 'mirror:5000'],
    'catamaran images: --registry-mirror is "mirror:5000": write the address of a registry, such as https://mirror.example.com',
  ],
  [
    ['build', '--push'],
    "shop (dev): registry is missing: write where images are pushed, as docker({ registry: 'registry.example.com/shop' })",
  ],
  [
    ['secrets'],
    'catamaran secrets: application is missing: write catamaran secrets <application> --environment <name>',
  ],
])('catamaran %j says what to write instead', async (args, message) => {
  const { stderr, exitCode } = await catamaran(shop(), ...args);
  expect({ stderr, exitCode }).toEqual({
    stderr: `${message}\n1 problem; nothing was written`,
    exitCode: 1,
  });
});

test.each<[string[], string]>([
  [[], 'unknown command: \n\ncatamaran synth   [application]'],
  [['sink'], 'unknown command: sink\n\ncatamaran synth   [application]'],
  [['synth', 'shop', 'dev'], 'unknown command: synth shop dev'],
])('catamaran %j fails in words, without a stack trace', async (args, message) => {
  const { stdout, stderr, exitCode } = await catamaran(shop(), ...args);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr.startsWith(message)).toBe(true);
  expect(stderr).not.toMatch(/^ +at /m);
});

const names = ['synth', 'build', 'images', 'check', 'graph', 'matrix', 'secrets', 'new', 'backup', 'restore'];

test('--help prints the usage of every command and succeeds', async () => {
  const { stdout, exitCode } = await catamaran(shop(), '--help');
  expect(exitCode).toBeUndefined();
  expect(stdout.match(/^\S+ +\S+/gm)).toEqual(names.map((name) => `catamaran ${name}`));
});

test('these are all commands, and each can be loaded', () => {
  expect(Object.keys(commands)).toEqual(names);
  for (const load of Object.values(commands)) expect(load()).toBeInstanceOf(Function);
});

test('a reader that goes away is no mistake, and a disk that is full is one', async () => {
  await catamaran(shop(), '--help');
  const failed = (code: string) => Object.assign(new Error(`write ${code}`), { code });
  for (const stream of [process.stdout, process.stderr]) {
    expect(() => stream.emit('error', failed('EPIPE'))).not.toThrow();
    expect(() => stream.emit('error', failed('ENOSPC'))).toThrow('write ENOSPC');
  }
});

test('a file in the place of a folder is told in words', async () => {
  const project = projectOf({ 'package.json': '{}', 'stacks/shop.ts': stackFile(), dist: 'a file' });
  const { stderr, exitCode } = await catamaran(project, 'synth');
  expect({ stderr, exitCode }).toEqual({
    stderr: `EEXIST: file already exists, mkdir '${project}/dist'`,
    exitCode: 1,
  });
});

test('a defect of ours keeps its stack trace', () => {
  const defect = new Error('defect');
  const printed: unknown[] = [];
  const spy = jest.spyOn(console, 'error').mockImplementation((text: unknown) => {
    printed.push(text);
  });
  const { exitCode } = process;
  fail(defect);
  const code = process.exitCode;
  process.exitCode = exitCode;
  spy.mockRestore();
  expect({ printed, code }).toEqual({ printed: [defect], code: 1 });
});
