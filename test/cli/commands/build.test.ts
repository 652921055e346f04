import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../../cli/commands/build';
import { runProgram, type Finished, type Runner } from '../../../constructs/target/runner';
import { finished } from '../../support/runner';
import { FakeRegistry } from '../../support/registry';
import {
  projectOf,
  runAsyncIn,
  stackFile,
  writeFiles,
  type InputOf,
  type Outcome,
} from '../../support/project';

// Docker itself is met in the tests of test/e2e.
let calls: string[] = [];
let answer: (args: readonly string[]) => Finished;
let variables: unknown[] = [];
const run: Runner = (program, args, options) => {
  if (program !== 'docker') return runProgram(program, args, options);
  calls.push(args.join(' '));
  variables.push(options?.variables);
  return Promise.resolve(answer(args));
};

const digest = `sha256:${'a'.repeat(64)}`;
const succeeded = (stdout = ''): Finished => finished(stdout);
const registry = new FakeRegistry({
  'base/manifests/1': { manifests: [{ platform: { os: 'linux', architecture: 'amd64' } }] },
});

beforeAll(() => registry.start());
afterAll(() => registry.stop());
beforeEach(() => {
  calls = [];
  variables = [];
  answer = (args) => {
    const metadata = args[args.indexOf('--metadata-file') + 1] ?? '';
    if (args[0] === 'buildx') {
      writeFiles('/', { [metadata]: JSON.stringify({ 'containerimage.digest': digest }) });
    }
    const [name = ''] = args.slice(-1);
    const digests = ['other/shop@sha256:1', `${name.replace(/:[^:]*$/, '')}@${digest}`];
    return succeeded(args[0] === 'image' ? `${JSON.stringify(digests)} linux/amd64\n` : '');
  };
});

/** A shop that builds its image, for an engine and for a cluster. */
function project(platforms: readonly string[] = [], dockerfile = 'FROM scratch\n'): string {
  const props = `image: Image.build('.', { platforms: ${JSON.stringify(platforms)} }), port: 8000`;
  const environments =
    "dev: docker(), live: kubernetes({ namespace: 'shop', registry: 'r.example.com/team' })";
  return projectOf({
    'stacks/shop/index.ts': stackFile({ props, environments }),
    'stacks/shop/Dockerfile': dockerfile,
  });
}

function buildIn(folder: string, given: InputOf<typeof build> = {}): Promise<Outcome> {
  return runAsyncIn(folder, build, given, { run });
}

const lockOf = (folder: string) => readFileSync(join(folder, 'images.lock.json'), 'utf8');

test('each image is built once, and tagged by content and version', async () => {
  const { stdout, thrown } = await buildIn(project());
  expect(thrown).toBeUndefined();
  const names = stdout.split('\n');
  expect(names).toEqual([
    expect.stringMatching(/^shop:/),
    expect.stringMatching(/^r\.example\.com\/team\/shop:/),
  ]);
  expect(calls.map((call) => call.replace(/ --file .*/, ''))).toEqual([
    `build --quiet --tag ${names[0]} --tag shop:0.0.0`,
    `build --quiet --tag ${names[1]} --tag r.example.com/team/shop:0.0.0`,
  ]);
});

test('an image for the platform of the machine is pushed by the engine, and pinned', async () => {
  const folder = project();
  const { stdout, thrown } = await buildIn(folder, { push: true });
  expect(thrown).toBeUndefined();
  const [name] = stdout.split('@');
  expect(stdout).toBe(`${name}@${digest}`);
  expect(calls.slice(1)).toEqual([
    `push --quiet ${name}`,
    'push --quiet r.example.com/team/shop:0.0.0',
    `image inspect --format {{json .RepoDigests}} {{.Os}}/{{.Architecture}} ${name}`,
  ]);
  expect(JSON.parse(lockOf(folder))).toEqual({
    version: 1,
    images: { [name ?? '']: { digest, platforms: ['linux/amd64'] } },
  });
});

test('an image for several platforms is pushed by buildx, and pinned by its index', async () => {
  const folder = project(['linux/amd64', 'linux/arm64']);
  const { stdout } = await buildIn(folder, { push: true });
  const [name] = stdout.split('@');
  expect(calls.map((call) => call.replace(/ --metadata-file \S+/, '').replace(/ --file .*/, ''))).toEqual([
    `buildx build --progress plain --platform linux/amd64,linux/arm64 --push --tag ${name} --tag r.example.com/team/shop:0.0.0`,
  ]);
  expect(JSON.parse(lockOf(folder))).toEqual({
    version: 1,
    images: { [name ?? '']: { digest, platforms: ['linux/amd64', 'linux/arm64'] } },
  });
});

test('what is pushed takes the place of its former sources in the lock file, and of nothing else', async () => {
  const folder = project();
  const pin = { digest, platforms: [] };
  const images = { 'r.example.com/team/shop:former': pin, 'nginx:1.27': pin };
  writeFiles(folder, { 'images.lock.json': JSON.stringify({ version: 1, images }) });
  const { stdout } = await buildIn(folder, { push: true });
  const [name = ''] = stdout.split('@');
  const { images: after } = JSON.parse(lockOf(folder)) as { images: object };
  expect(Object.keys(after)).toEqual(['nginx:1.27', name]);
});

test('the commit is a tag, marked where the sources are not as they were committed', async () => {
  const folder = project();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a');
  const commit = git('rev-parse', 'HEAD').trim();
  const tagged = async () => (await buildIn(folder, { environment: 'dev' })).stderr;
  expect(await tagged()).toBe(`  also shop:0.0.0\n  also shop:sha-${commit}`);
  // What is no part of the image is none of the tag.
  writeFiles(folder, { 'README.md': 'changed' });
  expect(await tagged()).toBe(`  also shop:0.0.0\n  also shop:sha-${commit}`);
  writeFiles(folder, { 'stacks/shop/more.txt': 'changed' });
  expect(await tagged()).toBe(`  also shop:0.0.0\n  also shop:sha-${commit}-dirty`);
});

test('a platform that the base image lacks is told before anything is built', async () => {
  const folder = project(['linux/amd64', 'linux/arm64'], 'FROM base:1\n');
  writeFiles(folder, { 'stacks/shop/Dockerfile': `FROM ${registry.host}/base:1\n` });
  const { thrown } = await buildIn(folder, { push: true });
  expect(thrown?.message).toBe(
    `shop/api: image.platforms is ["linux/arm64"]: write platforms that the base image ${registry.host}/base:1 of ${folder}/stacks/shop/Dockerfile has (linux/amd64), or change the base image`,
  );
  expect(calls).toEqual([]);
});

describe('a docker that reports no digest of what it pushed is told in words', () => {
  const update = (version: string) =>
    `update Docker if ${version} shows an old one, then run this command again`;

  test.each(['', 'hello', '[] linux/amd64', 'null linux/amd64', '["r.example.com/team/shop"] linux/amd64'])(
    'the engine prints %j',
    async (text) => {
      answer = () => succeeded(text);
      const folder = project();
      const { thrown } = await buildIn(folder, { push: true });
      const name = /r\.example\.com\/team\/shop:[0-9a-f]{12}/.exec(thrown?.message ?? '')?.[0];
      expect(thrown?.message).toBe(
        `shop/api: docker image inspect reported no digest for ${name}, which has been pushed: ${update('docker version')}`,
      );
      expect(existsSync(join(folder, 'images.lock.json'))).toBe(false);
    },
  );

  test.each([undefined, '', '{}', '[]', '{"containerimage.digest":"sha256:1"}'])(
    'buildx writes %j',
    async (text) => {
      answer = (args) => {
        const metadata = args[args.indexOf('--metadata-file') + 1] ?? '';
        if (text !== undefined) writeFiles('/', { [metadata]: text });
        return succeeded();
      };
      const { thrown } = await buildIn(project(['linux/amd64']), { push: true });
      const name = /r\.example\.com\/team\/shop:[0-9a-f]{12}/.exec(thrown?.message ?? '')?.[0];
      expect(thrown?.message).toBe(
        `shop/api: docker buildx build reported no digest for ${name}, which has been pushed: ${update('docker buildx version')}`,
      );
    },
  );
});

describe('what Docker says is told in words', () => {
  test.each([
    [
      '#2 [linux/amd64 internal] load metadata for base:1\n#3 [linux/arm64 internal] load metadata for base:1\nERROR: failed to solve: base:1: failed to resolve source metadata for base:1: no match for platform in manifest: not found',
      (folder: string) =>
        `image.platforms is ["linux/amd64","linux/arm64"]: write platforms that the base image base:1 of ${folder}/stacks/shop/Dockerfile has, or change the base image`,
    ],
    [
      'ERROR: failed to build: Multi-platform build is not supported for the docker driver.',
      () =>
        'image.platforms is ["linux/amd64","linux/arm64"], but the current builder of Docker can build only one at a time: create another builder with docker buildx create --use',
    ],
    [
      'unknown flag: --progress',
      () =>
        'image.platforms is ["linux/amd64","linux/arm64"], but Docker has no buildx here: install it from https://docs.docker.com/go/buildx/',
    ],
    [
      'ERROR: failed to push: unexpected status from HEAD request: 401 Unauthorized',
      () =>
        'registry denies access to r.example.com/team/shop: run docker login r.example.com, then run this command again',
    ],
  ])('%s', async (stderr, message) => {
    answer = () => finished({ code: 1, stderr });
    const folder = project(['linux/amd64', 'linux/arm64']);
    const { thrown } = await buildIn(folder, { push: true });
    expect(thrown?.message).toBe(`shop/api: ${message(folder)}`);
  });

  test('a login to Docker Hub, which has no host in the names of images', async () => {
    answer = () => finished({ code: 1, stderr: 'denied: requested access: 401 Unauthorized' });
    const folder = projectOf({
      'stacks/shop/index.ts': stackFile({
        props: "image: Image.build('.'), port: 8000",
        environments: "live: kubernetes({ namespace: 'shop', registry: 'user' })",
      }),
      'stacks/shop/Dockerfile': 'FROM scratch\n',
    });
    const { thrown } = await buildIn(folder, { push: true });
    expect(thrown?.message).toBe(
      'shop/api: registry denies access to user/shop: run docker login, then run this command again',
    );
  });

  test('what else there is, with what was asked', async () => {
    answer = () => finished({ code: 1, stderr: 'no space left' });
    const folder = project();
    const { thrown, stdout } = await buildIn(folder, { environment: 'dev' });
    const tag = /shop:[0-9a-f]{12}/.exec(thrown?.message ?? '')?.[0];
    expect(stdout).toBe('');
    expect(thrown?.message).toBe(
      `shop/api: docker build --quiet --tag ${tag} --tag shop:0.0.0 --file ${folder}/stacks/shop/Dockerfile ${folder}/stacks/shop failed with exit code 1: correct the error that docker has printed above`,
    );
  });
});

test.each([[], ['linux/amd64']])(
  'neither .git nor the output folder gets into an image, whatever the ignore file says (%j)',
  async (...platforms: string[]) => {
    const folder = project(platforms);
    const sources = { '.dockerignore': '*.md', '.git/HEAD': 'ref', 'out/.catamaran-raft': '' };
    for (const [name, text] of Object.entries(sources)) writeFiles(folder, { [`stacks/shop/${name}`]: text });
    const usual = answer;
    const seen: string[][] = [];
    answer = (args) => {
      const file = args[args.indexOf('--file') + 1] ?? '';
      if (args.includes('--file'))
        seen.push([readFileSync(file, 'utf8'), readFileSync(`${file}.dockerignore`, 'utf8'), file]);
      return usual(args);
    };
    const push = platforms.length > 0;
    expect(
      (await buildIn(folder, { environment: 'live', ...(push && { push, registryMirror: registry.url }) }))
        .thrown,
    ).toBeUndefined();
    const [[dockerfile, ignored, file = ''] = []] = seen;
    expect([dockerfile, ignored]).toEqual(['FROM scratch\n', '*.md\n.git\nout\n']);
    expect(existsSync(file)).toBe(false);
    expect(calls[0]).toMatch(new RegExp(` ${folder}/stacks/shop$`));
  },
);
test('git is asked once about a folder, whatever environments build it', async () => {
  const asked: string[] = [];
  const counting: Runner = (program, args, options) => {
    if (program === 'git') asked.push(args.join(' '));
    return run(program, args, options);
  };
  const { thrown } = await runAsyncIn(project(), build, {}, { run: counting });
  expect(thrown).toBeUndefined();
  expect(asked).toEqual(['rev-parse --verify --quiet HEAD']);
});

test('base images whose platforms are unknown are told with the component', async () => {
  const folder = project(
    ['linux/amd64'],
    'FROM 127.0.0.1:1/base:1 AS base\nFROM 127.0.0.1:1/other:1\nCOPY --from=base /a /a\n',
  );
  const { stderr } = await buildIn(folder, { push: true });
  const unknown = (base: string) =>
    `  The platforms of base image 127.0.0.1:1/${base}:1 are not known: shop/api: 127.0.0.1:1/${base}:1: ` +
    `http://127.0.0.1:1/v2/${base}/manifests/1 cannot be reached`;
  const lines = stderr.split('\n').filter((line) => line.includes('not known'));
  expect(lines.map((line) => line.replace(/ \(.*/, '')).toSorted()).toEqual([
    unknown('base'),
    unknown('other'),
  ]);
});

describe('a build with a stage, arguments and secrets', () => {
  const props =
    "image: Image.build('.', { target: 'one', args: { VERSION: '1', A: 'b c' }, secrets: { token: Secret.named('BUILD_TOKEN') } }), port: 8000";
  const withSecrets = (files: Record<string, string>) =>
    projectOf({
      'stacks/shop/index.ts': stackFile({ props, environments: 'dev: docker({ secrets: envFile() })' }),
      'stacks/shop/Dockerfile':
        'FROM scratch AS one\nARG VERSION\nARG A\nRUN --mount=type=secret,id=token true\n',
      'stacks/shop/.dockerignore': '.env\n',
      ...files,
    });

  test('passes them on, and the value of a secret in a variable only', async () => {
    const { thrown, stdout, stderr } = await buildIn(
      withSecrets({ 'stacks/shop/.env': 'BUILD_TOKEN=hunter2\n' }),
    );
    expect(thrown).toBeUndefined();
    expect(calls[0]).toContain(
      ' --target one --build-arg A=b c --build-arg VERSION=1 --secret id=token,env=BUILD_TOKEN --file ',
    );
    expect(variables).toEqual([{ BUILD_TOKEN: 'hunter2' }]);
    expect([calls.join(''), stdout, stderr].join('')).not.toContain('hunter2');
  });

  test('needs the value of each secret', async () => {
    const folder = withSecrets({});
    const { thrown } = await buildIn(folder);
    expect(thrown?.message).toBe(
      'shop (dev): secret BUILD_TOKEN, which a build reads, is missing: write it into the variable BUILD_TOKEN of the ' +
        `shell, or the file ${folder}/stacks/shop/.env`,
    );
    expect(calls).toEqual([]);
  });
});

test('two stages of one folder do not overwrite the tags of each other', async () => {
  const components =
    "for (const target of ['one', 'two']) new Backend(this, target, { image: Image.build('.', { target }), port: 8000 });";
  const folder = projectOf({
    'stacks/shop/index.ts': stackFile({ components, environments: 'dev: docker()' }),
    'stacks/shop/Dockerfile': 'FROM scratch AS one\nFROM scratch AS two\n',
  });
  const { stdout, thrown } = await buildIn(folder);
  expect(thrown).toBeUndefined();
  const tags = stdout.split('\n').map((name) => name.replace('shop:', ''));
  expect(calls.map((call) => call.replace(/ --target.*/, ''))).toEqual(
    tags.map((tag) => `build --quiet --tag shop:${tag} --tag shop:0.0.0-${tag}`),
  );
});
