import { readdirSync } from 'node:fs';
import manifest from '../../package.json';
import { commands } from '../../cli/commands/index';
import { fail } from '../../cli/failure';
import { outcomeOf, projectOf, stackFile, type Outcome } from '../support/project';

/** Runs the program as if it had been called in a project. */
async function catamaran(project: string, ...args: string[]): Promise<Outcome> {
  const { argv } = process;
  const from = process.cwd();
  process.argv = ['node', 'catamaran', ...args];
  process.chdir(project);
  // Each run listens to the streams of the process, which stay the same.
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  for (const event of ['uncaughtException', 'unhandledRejection']) process.removeAllListeners(event);
  const outcome = await outcomeOf(() => {
    jest.isolateModules(() => {
      require('../../cli/main');
    });
    // A command that takes its time fails a moment later.
    return new Promise((resolve) => setImmediate(resolve));
  });
  process.chdir(from);
  process.argv = argv;
  return outcome;
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
  const project = shop(stackFile({ props: "image: 'api', port: 0" }));
  const outcome = await catamaran(project, 'synth');
  expect(outcome).toEqual({
    stdout: '',
    stderr: [
      `stacks/shop.ts:6:5: shop/api: image is "api", which stands for api:latest, whatever that is on the day: write api:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' api prints`,
      'stacks/shop.ts:6:5: shop/api: port is 0: write a whole number from 1 to 65535',
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
  [['new', ''], 'catamaran new: application is "": write a name, such as shop'],
  [
    ['new', 'Shop'],
    'catamaran new: application is "Shop": write shop: only lower-case letters, digits and - are allowed',
  ],
  [
    ['images', '--pin', '--registry-mirror', 'mirror:5000'],
    'catamaran images: --registry-mirror is "mirror:5000": write the address of a registry, such as https://mirror.example.com',
  ],
])('catamaran %j says what to write instead, and that nothing was written', async (args, message) => {
  const { stderr, exitCode } = await catamaran(shop(), ...args);
  expect({ stderr, exitCode }).toEqual({
    stderr: `${message}\n1 problem; nothing was written`,
    exitCode: 1,
  });
});

test.each([['synth'], ['new', 'blog']])(
  'a package.json that is no JSON stops catamaran %s',
  async (...args) => {
    const project = projectOf({ 'package.json': '{ "name": "raft", }', 'stacks/shop.ts': stackFile() });
    const { stderr, exitCode } = await catamaran(project, ...args);
    expect({ stderr, exitCode }).toEqual({
      stderr:
        'package.json: content is "{ \\"name\\": \\"raft\\", }": write an object in JSON, as npm init --yes does\n' +
        '1 problem; nothing was written',
      exitCode: 1,
    });
  },
);

test.each([
  [['synth', 'stop', '--check'], 'catamaran: application is "stop": write one of shop'],
  [
    ['build', '--push', '--registry-mirror', 'nope'],
    'catamaran build: --registry-mirror is "nope": write the address of a registry, such as https://mirror.example.com',
  ],
  [['check', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [['graph', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [['build', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [['images', 'stop'], 'catamaran: application is "stop": write one of shop'],
  [['secrets', 'stop', '--environment', 'dev'], 'catamaran: application is "stop": write one of shop'],
  [
    ['build', '--push'],
    "stacks/shop.ts:10:47: shop (dev): registry is missing: write the registry to push to, such as docker({ registry: 'registry.example.com/shop' })",
  ],
])('catamaran %j says what to write instead, and nothing of files', async (args, message) => {
  const { stderr, exitCode } = await catamaran(shop(), ...args);
  expect({ stderr, exitCode }).toEqual({ stderr: `${message}\n1 problem`, exitCode: 1 });
});

const listed = 'catamaran --help lists the commands';
const synthTakes = 'catamaran synth --help shows its arguments and options';

test.each<[string[], string]>([
  [['sink'], `Unknown command 'sink'\n${listed}`],
  [['sink', '--help'], `Unknown command 'sink'\n${listed}`],
  [['help', 'sink'], `Unknown command 'sink'\n${listed}`],
  [['constructor'], `Unknown command 'constructor'\n${listed}`],
  [['synht', '--check'], `Unknown command 'synht': did you mean synth?\n${listed}`],
  [['--force'], `Unknown option '--force'\n${listed}`],
  [['synth', '--push'], `Unknown option '--push'\n${synthTakes}`],
  [['synth', '--chek'], `Unknown option '--chek': did you mean --check?\n${synthTakes}`],
  [['synth', '--env', 'dev'], `Unknown option '--env': did you mean --environment?\n${synthTakes}`],
  [
    ['-e', 'dev', 'synth'],
    "Unknown option '-e'\nOptions stand after the command: write catamaran synth -e dev",
  ],
  [['synth', 'shop', 'dev'], `Argument 'dev' is one too many: synth takes only <application>\n${synthTakes}`],
  [
    ['matrix', 'shop'],
    "Argument 'shop' is one too many: matrix takes no arguments\ncatamaran matrix --help shows its arguments and options",
  ],
  [
    ['check', '--explain', 'secrets-in-file'],
    'There is no policy secrets-in-file: did you mean secrets-in-files?',
  ],
  [['check', '--explain', 'no-host-acess'], 'There is no policy no-host-acess: did you mean no-host-access?'],
  [['synth', '--out'], `Option '-o, --out <folder>' has no value\n${synthTakes}`],
  [
    ['synth', '-o', '--check'],
    `Option '--out <folder>' has no value, but is followed by --check\n${synthTakes}`,
  ],
  ...[['--out', ''], ['--out='], ['-o', '']].map((words): [string[], string] => [
    ['synth', ...words],
    `Option '--out <folder>' is "": write a value, or leave the option out\n${synthTakes}`,
  ]),
  [
    ['synth', '--environment', ''],
    `Option '--environment <name>' is "": write a value, or leave the option out\n${synthTakes}`,
  ],
  [
    ['secrets', 'shop', '--environment', ''],
    `Option '--environment <name>' is "": write a value\ncatamaran secrets --help shows its arguments and options`,
  ],
  [
    ['secrets'],
    'catamaran secrets: application and environment are missing: write catamaran secrets <application> --environment <name>',
  ],
  [['new'], 'catamaran new: application is missing: write catamaran new <application>'],
])('catamaran %j is refused in words', async (args, message) => {
  const project = shop();
  expect(await catamaran(project, ...args)).toEqual({
    stdout: '',
    stderr: message,
    exitCode: 1,
    thrown: undefined,
  });
  expect(readdirSync(project).sort()).toEqual(['package.json', 'stacks']);
});

const names = ['synth', 'build', 'images', 'check', 'graph', 'matrix', 'secrets', 'new', 'backup', 'restore'];

test('these are all commands, and each has its name and its examples', () => {
  const all = Object.values(commands).map((load) => load());
  expect([Object.keys(commands), all.map(({ name }) => name)]).toEqual([names, names]);
  const others = all.flatMap(({ name, examples }) =>
    examples.filter((example) => !`${example} `.startsWith(`catamaran ${name} `)),
  );
  expect(others).toEqual([]);
});

test('a command is loaded where it is asked for, and no other with it', async () => {
  const loaded: string[] = [];
  for (const name of names)
    jest.doMock(`../../cli/commands/${name}`, () => {
      loaded.push(name);
      return jest.requireActual<object>(`../../cli/commands/${name}`);
    });
  try {
    for (const args of [['--version'], ['matrx'], ['--force'], ['matrix'], ['help', 'graph']])
      await catamaran(shop(), ...args);
    expect(loaded).toEqual(['matrix', 'graph']);
  } finally {
    for (const name of names) jest.dontMock(`../../cli/commands/${name}`);
  }
});

test('options may stand before and after what a command is about', async () => {
  for (const args of [
    ['graph', '-e', 'dev', 'shop'],
    ['graph', 'shop', '--environment=dev'],
    ['graph', 'shop', '-edev'],
    ['--', 'graph', 'shop'],
  ]) {
    const { stdout, exitCode } = await catamaran(shop(), ...args);
    expect({ stdout, exitCode }).toEqual({
      stdout: '---\ntitle: shop in dev on docker\n---\nflowchart LR\n  api["api"]\n',
      exitCode: undefined,
    });
  }
});

const general = `Usage: catamaran <command> [options]

One typed model of a web application, carried on two hulls: Kubernetes and plain
Docker.

Options:
  -V, --version  show the version
  -h, --help     show this help

Commands:
  synth          Write the compose files and manifests of applications
  build          Build the images of applications with Docker
  images         List the images of applications, who uses them, and their
                 digests
  check          Check applications against the policies
  graph          Draw the components of applications and their connections, as
                 Mermaid flowcharts
  matrix         Print how each target supports each field of the model, as a
                 Markdown table
  secrets        List the secrets that an application needs, and which are
                 missing
  new            Write a small stack to start from, and its test
  backup         Back up a component now, without waiting for its schedule
  restore        Restore a backup of a component, or list its backups
  help           Show the help of a command`;

test.each([[['--help']], [['-h']], [['help']]])('catamaran %j names every command', async (args) => {
  expect(await catamaran(shop(), ...args)).toEqual({
    stdout: general,
    stderr: '',
    exitCode: undefined,
    thrown: undefined,
  });
});

test('without a command, that is a failure', async () => {
  expect(await catamaran(shop())).toEqual({
    stdout: '',
    stderr: general,
    exitCode: 1,
    thrown: undefined,
  });
});

test.each([[['synth', '--help']], [['synth', 'shop', '-h']], [['help', 'synth']]])(
  'catamaran %j says what it takes',
  async (args) => {
    const { stdout, stderr, exitCode } = await catamaran(shop(), ...args);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: undefined });
    expect(stdout).toBe(`Usage: catamaran synth [application] [options]

Write the compose files and manifests of applications

Arguments:
  application               the name of an application, its file or folder in
                            stacks/; without it, all applications

Options:
  -e, --environment <name>  the name of an environment; without it, all
                            environments
  -o, --out <folder>        write into <folder>/<application>/<environment>
                            (default: "dist")
  --check                   write nothing, and fail if synth would change files
                            in the folder
  -h, --help                show this help

Examples:
  catamaran synth
  catamaran synth shop --environment dev
  catamaran synth --check
  catamaran synth --out ../gitops`);
  },
);

test('the help of a command shows first what it cannot do without', async () => {
  const { stdout } = await catamaran(shop(), 'help', 'restore');
  expect(stdout.split('\n')[0]).toBe(
    'Usage: catamaran restore <application> --environment <name> --component <name> [options]',
  );
});

test.each(['--version', '-V'])('%s prints the version of the package', async (option) => {
  expect(await catamaran(shop(), option)).toEqual({
    stdout: manifest.version,
    stderr: '',
    exitCode: undefined,
    thrown: undefined,
  });
});

test('a file in the place of a folder is told in words', async () => {
  const project = projectOf({ 'package.json': '{}', 'stacks/shop.ts': stackFile(), dist: 'a file' });
  const { stderr, exitCode } = await catamaran(project, 'synth');
  expect({ stderr, exitCode }).toEqual({
    stderr:
      'dist: this is a file, but a folder is needed here: move it to another place\n1 problem; nothing was written',
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
  fail(defect, process.cwd(), false);
  const code = process.exitCode;
  process.exitCode = exitCode;
  spy.mockRestore();
  expect({ printed, code }).toEqual({ printed: [defect], code: 1 });
});
