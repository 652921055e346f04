import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { present } from '../support/application';
import { filesBelow, projectOf, writeFiles } from '../support/project';
import type { Compose } from '../support/written';

const repository = resolve(__dirname, '../..');
const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

const stack = `import {
  Application, Backend, defineStack, docker, envFile, existingSecret, Health, kubernetes, PostgresDatabase,
  ReverseProxy, Route, type Environment,
} from 'catamaran';

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment, { folder: __dirname });
    const database = new PostgresDatabase(this, 'database');
    const backend = new Backend(this, 'backend', {
      image: 'registry.example.com/shop:1.0',
      port: 8000,
      replicas: 2,
      health: Health.http('/health'),
      env: { DATABASE_URL: database.url },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', backend)], publish: 8080 });
  }
}

export default defineStack(Shop, {
  dev: docker({ secrets: envFile() }),
  production: kubernetes({ namespace: 'shop', secrets: existingSecret('shop') }),
});
`;

const options = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: ['node'] };

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, command: string, ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function succeed(folder: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr } = run(folder, command, ...args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** A program as npm has installed it: for npx to find it takes longer than what it does. */
function bin(folder: string, name: string): string {
  return join(folder, 'node_modules/.bin', name);
}

/** Compiles and packs what is in this repository, next to whatever is in its lib/. */
function pack(): string {
  const folder = projectOf({});
  const out = ['--outDir', join(folder, 'lib'), '--incremental', 'false', '--tsBuildInfoFile', 'null'];
  succeed(repository, bin(repository, 'tsc'), '-p', 'tsconfig.build.json', ...out);
  // Of sources that are there no more.
  writeFiles(folder, { 'lib/cli/gone.js': '', 'lib/gone/index.d.ts': '' });
  succeed(repository, process.execPath, 'build.mjs', join(folder, 'lib'));
  for (const name of ['package.json', 'templates'])
    cpSync(join(repository, name), join(folder, name), { recursive: true });
  writeFiles(folder, {
    '.env': 'SECRET=1',
    'lib/tsconfig.build.tsbuildinfo': '{}',
    'stacks/own.ts': '',
    'test/own.test.ts': '',
  });
  succeed(folder, 'npm', 'pack', '--ignore-scripts', '--silent');
  return join(folder, present(readdirSync(folder).find((name) => name.endsWith('.tgz'))));
}

let project = '';

beforeAll(() => {
  const tarball = pack();
  project = projectOf({
    'package.json': JSON.stringify({ name: 'webshop', private: true }),
    'tsconfig.json': JSON.stringify({ compilerOptions: options, include: ['stacks'] }),
    'stacks/shop.ts': stack,
  });
  const tools = ['typescript', '@types/node'].map((name) => `${name}@${devDependencies[name]}`);
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--silent'];
  succeed(project, 'npm', 'install', ...quiet, tarball, ...tools);
}, 180_000);

const catamaran = (...args: string[]) => run(project, bin(project, 'catamaran'), ...args);

/** Compiles the project; what was checked and has not changed is not checked again. */
const compiled = () =>
  run(project, bin(project, 'tsc'), '--noEmit', '--incremental', '--tsBuildInfoFile', 'types.json');

test('the package holds compiled files, their types and templates, and nothing else of this repository', () => {
  const files = Object.keys(filesBelow(join(project, 'node_modules/catamaran')));
  const types = files.filter((file) => /^lib\/.+\.d\.ts$/.test(file));
  const sources = types.map((file) => join(repository, file.replace(/^lib\/(.+)\.d\.ts$/, '$1.ts')));
  expect(types).toContain('lib/constructs/index.d.ts');
  expect(sources.filter((file) => !existsSync(file))).toEqual([]);
  expect(files.filter((file) => !types.includes(file))).toEqual([
    'lib/catamaran.js',
    'lib/charts/cdk8s.js',
    'lib/charts/index.js',
    'lib/cli/cdk8s.js',
    'lib/cli/code-cache.js',
    'lib/cli/main.js',
    'lib/cli/program.js',
    'lib/cli/project/load.js',
    'lib/cli/project/lock.js',
    'lib/cli/pulumi.js',
    'lib/cli/register.js',
    'lib/cli/targets.js',
    'lib/cli/testing.js',
    'lib/constructs/index.js',
    'lib/constructs/pipeline/plan.js',
    'lib/docker/index.js',
    'package.json',
    'templates/project/gitignore',
    'templates/project/tsconfig.json',
    'templates/stack/stacks/starter/application.ts',
    'templates/stack/stacks/starter/backend/.dockerignore',
    'templates/stack/stacks/starter/backend/Dockerfile',
    'templates/stack/stacks/starter/backend/server.js',
    'templates/stack/stacks/starter/environments.ts',
    'templates/stack/stacks/starter/index.ts',
    'templates/stack/test/starter.test.ts',
  ]);
});

test('one file of an application becomes a compose project and manifests', () => {
  const { status, stdout, stderr } = run(project, 'npx', '--silent', '--no-install', 'catamaran', 'synth');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/\d+ of \d+ files changed in dist\n$/);
  const files = filesBelow(join(project, 'dist'));
  expect(Object.keys(files).map((name) => name.replace(/-[0-9a-f]{8}\//, '-hash/'))).toEqual([
    '.catamaran-webshop',
    'shop/dev/compose.yaml',
    'shop/dev/proxy-routes-hash/default.conf',
    'shop/dev/proxy-routes-hash/start.sh',
    'shop/production/00-application.yaml',
    'shop/production/backend.yaml',
    'shop/production/database.yaml',
    'shop/production/proxy.yaml',
  ]);
  const { name, services } = parse(present(files['shop/dev/compose.yaml'])) as Compose;
  expect({ name, services: Object.keys(services) }).toEqual({
    name: 'shop-dev',
    services: ['backend', 'database', 'database.secrets', 'proxy'],
  });
  expect(files['shop/production/backend.yaml']).toContain('image: registry.example.com/shop:1.0\n');
  expect(catamaran('synth', '--check').status).toBe(0);
}, 60_000);

test('every path of the package has the same copy of the library, for ES modules as well', () => {
  writeFiles(project, {
    'one.mjs': `import { Application } from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';
import { planOf } from 'catamaran/testing';
import { createRequire } from 'node:module';

const { createApplications, loadStacks } = createRequire(import.meta.url)(
  './node_modules/catamaran/lib/cli/project/load.js',
);
const [application] = createApplications(loadStacks('.', 'shop'));
console.log(application instanceof Application);
for (const { name } of [Application, dockerContainer, kubernetesObject, planOf]) console.log(name);
`,
  });
  expect(succeed(project, process.execPath, 'one.mjs')).toBe(
    'true\nApplication\ndockerContainer\nkubernetesObject\nplanOf\n',
  );
});

test('a mistake on the command line is told in words, without a stack trace', () => {
  const { status, stdout, stderr } = catamaran('synth', '--force');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^Unknown option '--force'/);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(catamaran('synth', 'stop')).toEqual({
    status: 1,
    stdout: '',
    stderr: 'catamaran: application is "stop": write one of shop\n1 problem; nothing was written\n',
  });
}, 60_000);

test('the application is checked by its types: an unknown field is an error that names it', () => {
  writeFiles(project, { 'stacks/shop-2.ts': stack.replace('replicas: 2', 'replica: 2') });
  const { status, stdout } = compiled();
  expect(status).not.toBe(0);
  // The other file of the project, without the mistake, has no error.
  expect(stdout).toBe(
    "stacks/shop-2.ts(13,7): error TS2561: Object literal may only specify known properties, but 'replica' does " +
      "not exist in type 'BackendProps'. Did you mean to write 'replicas'?\n",
  );
}, 60_000);

test('what catamaran new writes into an empty project passes synth, check, tests, types, lint and format', () => {
  const empty = projectOf({ '.gitignore': 'dist\n' });
  succeed(empty, 'npm', 'init', '--yes', '--silent');
  symlinkSync(join(project, 'node_modules'), join(empty, 'node_modules'));
  const printed = succeed(empty, bin(empty, 'catamaran'), 'new', 'shop', '--owner', 'team@example.com');
  const [synth, test] = printed.split('\nNext:\n')[1]?.split('\n') ?? [];
  expect(succeed(empty, 'bash', '-c', present(synth))).toMatch(/\d+ of \d+ files changed in dist\n$/);
  expect(Object.keys(filesBelow(join(empty, 'dist/shop')))).toContain('production/backend.yaml');
  expect(succeed(empty, bin(empty, 'catamaran'), 'check')).toMatch(/policies kept/);
  expect(succeed(empty, 'bash', '-c', present(test))).toMatch(/pass 1$/m);
  succeed(empty, bin(empty, 'tsc'), '--noEmit');
  succeed(
    empty,
    bin(repository, 'eslint'),
    '--max-warnings=0',
    '--config',
    join(repository, 'eslint.config.mjs'),
    'stacks',
    'test',
  );
  const format = [
    '--config',
    join(repository, '.prettierrc.json'),
    '--check',
    'stacks',
    'test',
    'tsconfig.json',
  ];
  succeed(empty, bin(repository, 'prettier'), ...format);
  // The test can fail: another component that is published is noticed.
  const file = join(empty, 'stacks/shop/application.ts');
  writeFiles(empty, {
    'stacks/shop/application.ts': readFileSync(file, 'utf8').replace(
      'port: 8000',
      'port: 8000, publish: 8081',
    ),
  });
  expect(run(empty, 'bash', '-c', present(test)).status).toBe(1);
}, 120_000);

test('an override has the types of the object that it changes', () => {
  const overriding = stack.replace('} from', '  type Override,\n} from').replace(
    'class Shop',
    `import { kubernetesObject } from 'catamaran/kubernetes';
import { dockerContainer } from 'catamaran/docker';

export const overrides: Override[] = [
  kubernetesObject('Deployment', { reason: 'a', change: (one) => ({ ...one, spec: { ...one.spec, paused: true } }) }),
  kubernetesObject('Deployment', { reason: 'b', change: (one) => ({ ...one, spec: { ...one.spec, pause: true } }) }),
  dockerContainer({ reason: 'c', change: (one) => ({ ...one, pids: '512' }) }),
];

class Shop`,
  );
  writeFiles(project, { 'stacks/shop-2.ts': overriding });
  const { stdout } = compiled();
  expect(stdout.match(/^stacks.*$/gm)).toEqual([
    "stacks/shop-2.ts(12,98): error TS2322: Type 'true' is not assignable to type 'never'.",
    "stacks/shop-2.ts(13,62): error TS2322: Type 'string' is not assignable to type 'number'.",
  ]);
}, 60_000);
