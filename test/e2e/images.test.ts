import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  giveToCluster,
  kubectl,
  list,
  makeNamespace,
  rolledOut,
  sweepNamespace,
  type ClusterEvent,
} from './support/cluster';
import { containersOfComponent, docker, sweep } from './support/engine';
import { expectNoFindings } from './support/eyes';
import { hostileEyesInCluster } from './support/eyes-cluster';
import { answering, json } from './support/http';
import { PulumiStack } from './support/pulumi';
import { account, Registry } from './support/registry';
import { builder, onEveryTargetWithRegistries, repository } from './support/requirements';
import { attempt, run, type Ended } from './support/run';

/** How a message about the API begins: where the application has it, and its path. */
const api = 'stacks/dify-api/application.ts:12:17: dify-api/api';
/** The registry that the testbed's cluster pulls everything from. */
const mirror = '127.0.0.1:35000';
const base = 'python:3.13-slim';
const repositoryName = 'dify-api/dify-api-api';
const namespace = 'images-e2e';
const [hostPort, nodePort] = [18162, 30041];

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly containers: readonly { readonly image: string }[];
    readonly imagePullSecrets?: readonly { readonly name: string }[];
  };
}

onEveryTargetWithRegistries(
  'dify-api, for amd64 and arm64 (whose base image is a stand-in that never runs), by digest',
  () => {
    const open = new Registry(18160, 'open');
    const locked = new Registry(18161, 'private');
    const folder = mkdtempSync(join(tmpdir(), 'catamaran-images-'));
    const env = { DOCKER_CONFIG: join(folder, 'docker'), BUILDX_BUILDER: builder };
    const project = join(folder, 'project');
    const stack = join(project, 'stacks', 'dify-api');
    const compose = join(project, 'dist/dify-api/e2e/compose.yaml');
    const onEngine = {
      ...{ folder: project, application: 'dify-api', environment: 'e2e' },
      project: 'dify-api-e2e',
    };

    const edit = (file: string, text: string, replacement: string): void => {
      const before = readFileSync(join(stack, file), 'utf8');
      if (!before.includes(text)) throw new Error(`${file} has no ${text}`);
      writeFileSync(join(stack, file), before.replaceAll(text, replacement));
    };
    const tryCatamaran = (...args: string[]): Promise<Ended> =>
      attempt(process.execPath, ['lib/cli/main.js', ...args], { cwd: project, env });
    const catamaran = async (...args: string[]): Promise<string> =>
      (await run(process.execPath, ['lib/cli/main.js', ...args], { cwd: project, env })).trim();
    const commit = async (): Promise<string> => {
      const git = (...args: string[]) =>
        run('git', ['-c', 'user.name=e2e', '-c', 'user.email=e2e@example.org', ...args], { cwd: project });
      if (!existsSync(join(project, '.git'))) await git('init', '--quiet');
      await git('add', '--all');
      await git('commit', '--quiet', '--message', 'e2e');
      return (await git('rev-parse', 'HEAD')).trim();
    };
    const pins = (): Record<string, { digest: string; platforms: string[] }> =>
      (JSON.parse(readFileSync(join(project, 'images.lock.json'), 'utf8')) as { images: never }).images;
    const lastLine = ({ stderr }: Ended): string => stderr.trim().split('\n').at(-2) ?? '';

    beforeAll(async () => {
      await sweep('dify-api-e2e');
      await sweepNamespace(namespace);
      await Promise.all([open.start(), locked.start(), giveToCluster([base])]);
      copyProject(project);
      makeDockerConfig(env.DOCKER_CONFIG);
      edit(
        'environments.ts',
        'dev: docker()',
        `e2e: docker({ registry: '${locked.host}/dify-api', images: 'pinned' })`,
      );
      edit('environments.ts', 'registry.example.com/dify-api', `${mirror}/images-e2e`);
      edit(
        'environments.ts',
        "namespace: 'dify-api-staging',",
        `namespace: '${namespace}', images: 'pinned', qualityOfService: 'burstable',`,
      );
      edit(
        'environments.ts',
        'components: { proxy: { replicas: 2, expose: loadBalancer(80) } }',
        `components: { proxy: { expose: { kind: 'node-port', nodePort: ${nodePort}, port: 80 } } }`,
      );
      // An engine asks no mirror for the proxy.
      const proxy = `${open.host}/images/nginx:1.27`;
      edit(
        'application.ts',
        'publish: 5001',
        `publish: ${hostPort}, ...(environment.target === 'docker' && { image: '${proxy}' })`,
      );
      await commit();
      await docker('tag', 'nginxinc/nginx-unprivileged:1.27', proxy);
      await docker('push', '--quiet', proxy);
      await docker('image', 'rm', proxy);
      await pushBase(`${open.host}/${base}`, folder, env);
    });

    afterAll(async () => {
      await sweep('dify-api-e2e');
      await sweepNamespace(namespace);
      const listed = await docker('image', 'ls', '--digests', '--format', '{{.Repository}}@{{.Digest}}');
      const pulled = listed.split('\n').filter((name) => /^127\.0\.0\.1:1816[01]\//.test(name));
      if (pulled.length > 0) await attempt('docker', ['image', 'rm', ...new Set(pulled)]);
      open.stop();
      locked.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test('a platform that the base image lacks is told, and nothing is pushed', async () => {
      const ended = await tryCatamaran(
        'build',
        '--environment',
        'e2e',
        '--push',
        '--registry-mirror',
        `http://${mirror}`,
      );
      expect(ended.code).toBe(1);
      expect(lastLine(ended)).toBe(
        `${api}: image.platforms is ["linux/arm64"]: write platforms that the base image ${base} of ` +
          `${stack}/api/Dockerfile has (linux/amd64), or change the base image`,
      );
      await expect(locked.tags(repositoryName)).rejects.toThrow('status 404');
      edit('api/Dockerfile', `FROM ${base}`, `FROM ${open.host}/${base}`);
    });

    test('a registry that knows nobody by that name is told as such', async () => {
      const ended = await tryCatamaran('build', '--environment', 'e2e', '--push');
      expect(ended.code).toBe(1);
      expect(lastLine(ended)).toBe(
        `${api}: registry denies access to ${locked.host}/${repositoryName}: ` +
          `run docker login ${locked.host}, then run this command again`,
      );
    });

    test('after docker login both platforms are pushed, tagged by content, version and commit, and pinned', async () => {
      const login = ['login', '--username', account.username, '--password-stdin', locked.host];
      await run('docker', login, { env, input: account.password });
      const head = await commit();
      const printed = await catamaran('build', '--environment', 'e2e', '--push');
      const [name = '', digest = ''] = printed.split('@');
      expect(pins()).toEqual({ [name]: { digest, platforms: ['linux/amd64', 'linux/arm64'] } });
      expect(await locked.tags(repositoryName)).toEqual(
        [name.slice(name.lastIndexOf(':') + 1), '1.2.0', `sha-${head}`].sort(),
      );
      expect(await locked.platforms(repositoryName, digest)).toEqual(['linux/amd64', 'linux/arm64']);
    });

    test('sources that are not committed are marked in the tag', async () => {
      appendFileSync(join(stack, 'api/app.py'), '# changed\n');
      const head = (await run('git', ['rev-parse', 'HEAD'], { cwd: project })).trim();
      await catamaran('build', '--environment', 'e2e', '--push');
      expect(await locked.tags(repositoryName)).toContain(`sha-${head}-dirty`);
      await commit();
    });

    test('an environment of pinned images is refused until the pulled ones are pinned as well', async () => {
      const refused = await tryCatamaran('synth', '--environment', 'e2e');
      expect(refused.stderr).toBe(
        `stacks/dify-api/application.ts:19:5: dify-api/proxy: image is "${open.host}/images/nginx:1.27", but environment ` +
          'e2e allows only pinned images: write its digest into images.lock.json with npx catamaran images --pin\n' +
          '1 problem; nothing was written\n',
      );
      const printed = await catamaran('images', '--environment', 'e2e', '--pin');
      expect(printed).toMatch(/1 of 2 pins changed in images\.lock\.json$/);
      await catamaran('synth', '--environment', 'e2e');
    });

    test('compose pulls what was pinned from the private registry, and runs it', async () => {
      await run('docker', ['compose', '--file', compose, 'up', '--detach', '--wait'], { env });
      expect(await json(`http://127.0.0.1:${hostPort}/`)).toEqual({
        message: 'Welcome to the API',
        environment: 'E2E',
      });
      await expectDigests('api', apiPin(pins()).digest);
      await expectNoFindings({ ...onEngine, by: 'compose' });
      await run('docker', ['compose', '--file', compose, 'down'], { env });
      await sweep('dify-api-e2e');
    });

    test('Pulumi pulls the same with the credentials of docker login, which its state does not hold', async () => {
      await docker('image', 'rm', ...(await pulledApi()));
      const deployed = new PulumiStack({ folder: project }, 'dify-api-e2e', env);
      await deployed.init();
      await deployed.up();
      expect(await json(`http://127.0.0.1:${hostPort}/health`)).toEqual({ status: 'ok', version: '1.2.0' });
      await expectDigests('api', apiPin(pins()).digest);
      await expectNoFindings({ ...onEngine, by: 'Pulumi' });
      expect(await deployed.up('--expect-no-changes')).toContain('unchanged');
      expect(deployed.stateText()).not.toContain(account.password);
      await deployed.destroy();
    });

    test('changed sources make the pin stale, until they are pushed', async () => {
      const before = apiPin(pins());
      edit('api/app.py', 'Welcome to the API', 'Welcome back');
      await commit();
      const refused = await tryCatamaran('synth', '--environment', 'e2e');
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(
        /^stacks\/dify-api\/application\.ts:12:17: dify-api\/api: image is "127\.0\.0\.1:18161\/dify-api\/dify-api-api:[0-9a-f]{12}", but environment e2e allows only pinned images: write its digest into images\.lock\.json with npx catamaran build dify-api --environment e2e --push\n/,
      );
      await catamaran('build', '--environment', 'e2e', '--push');
      const after = apiPin(pins());
      expect(after.digest).not.toBe(before.digest);
      expect(Object.keys(pins())).toHaveLength(2);
      await catamaran('synth', '--environment', 'e2e');
      expect(readFileSync(compose, 'utf8')).toContain(after.digest);
    });

    test('the cluster pulls the same index by digest, and its pods name the Secret of the registry', async () => {
      await catamaran('build', '--environment', 'staging', '--push');
      await catamaran('images', '--environment', 'staging', '--pin', '--registry-mirror', `http://${mirror}`);
      await catamaran('synth', '--environment', 'staging');
      await makeNamespace(namespace);
      await kubectl([
        ...['--namespace', namespace, 'create', 'secret', 'docker-registry', 'registry'],
        ...[`--docker-server=${mirror}`, '--docker-username=ci', '--docker-password=not-asked-for'],
      ]);
      await kubectl(['apply', '--filename', join(project, 'dist/dify-api/staging')]);
      await rolledOut(namespace);
      expect((await answering(`http://127.0.0.1:${nodePort}/`)).text).toContain('Welcome back');
      const pods = await list<Pod>(namespace, 'pods', '--selector', 'app.kubernetes.io/component=api');
      const { digest } = pins()[Object.keys(pins()).find((name) => name.startsWith(mirror)) ?? ''] ?? {
        digest: '',
      };
      // The node knows the same image by every digest that it was ever pulled under: what was pulled now is told
      // by the events.
      const events = await list<ClusterEvent>(namespace, 'events', '--field-selector', 'reason=Pulled');
      const pulled = pods.map(({ metadata, spec: { containers } }) =>
        containers.flatMap(({ image }) =>
          events.some(
            ({ message, involvedObject: { name } }) =>
              name === metadata.name && message.startsWith(`Successfully pulled image "${image}"`),
          )
            ? [image.split('@')[1]]
            : [],
        ),
      );
      expect(pulled).toEqual([[digest], [digest]]);
      expect(pods.map(({ spec }) => spec.imagePullSecrets)).toEqual([
        [{ name: 'registry' }],
        [{ name: 'registry' }],
      ]);
    });

    hostileEyesInCluster(() => ({ ...onEngine, environment: 'staging', namespace }));

    test('a pin that nothing uses is a notice of synth and an error of synth --check', async () => {
      edit('environments.ts', "images: 'pinned'", "images: 'any'");
      edit('api/app.py', 'Welcome back', 'Welcome again');
      const written = await tryCatamaran('synth');
      expect(written.code).toBe(0);
      expect(written.stderr).toMatch(
        /^images\.lock\.json: images has a pin for "127\.0\.0\.1:18161\/dify-api\/dify-api-api:[0-9a-f]{12}", which no application uses: pin 127\.0\.0\.1:18161\/dify-api\/dify-api-api:[0-9a-f]{12} instead, with npx catamaran build --push$/m,
      );
      const checked = await tryCatamaran('synth', '--check');
      expect({ code: checked.code, stderr: checked.stderr }).toEqual({ code: 1, stderr: written.stderr });
    });
  },
);

type Pins = Readonly<Record<string, { readonly digest: string }>>;

function apiPin(pins: Pins): { readonly digest: string } {
  const found = Object.entries(pins).find(([name]) => name.startsWith(`127.0.0.1:18161/${repositoryName}:`));
  if (!found) throw new Error('the API has no pin');
  return found[1];
}

async function pulledApi(): Promise<string[]> {
  const reference = `reference=127.0.0.1:18161/${repositoryName}`;
  const listed = await docker(
    'image',
    'ls',
    '--digests',
    '--filter',
    reference,
    '--format',
    '{{.Repository}}@{{.Digest}}',
  );
  return listed.trim().split('\n');
}

async function expectDigests(component: string, digest: string): Promise<void> {
  const containers = await containersOfComponent('dify-api-e2e', component);
  const images = await Promise.all(
    containers.map(({ Id }) => docker('inspect', '--format', '{{.Image}}', Id)),
  );
  const digests = await Promise.all(
    images.map((image) => docker('image', 'inspect', '--format', '{{join .RepoDigests " "}}', image.trim())),
  );
  expect(digests.map((text) => text.includes(`@${digest}`))).toEqual([true, true]);
}

function copyProject(project: string): void {
  for (const name of ['package.json', 'Pulumi.yaml', 'lib', 'stacks/dify-api'])
    cpSync(join(repository, name), join(project, name), { recursive: true });
  writeFileSync(join(project, '.gitignore'), 'node_modules\nlib\nstate\ndist\nimages.lock.json\n');
  symlinkSync(join(repository, 'node_modules'), join(project, 'node_modules'));
}

/** A configuration of Docker of the test's own, so that its login is nobody else's. */
function makeDockerConfig(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.json'), '{}');
  for (const name of ['buildx', 'cli-plugins']) {
    const own = join(homedir(), '.docker', name);
    if (existsSync(own)) symlinkSync(own, join(folder, name));
  }
}

/** Pushes a base image for two platforms: the testbed's own, and one for arm64 that has nothing to run. */
async function pushBase(name: string, folder: string, env: Record<string, string>): Promise<void> {
  const context = join(folder, 'base');
  mkdirSync(context);
  const lines = [
    'ARG TARGETARCH',
    `FROM --platform=linux/amd64 ${base} AS base-amd64`,
    'FROM scratch AS base-arm64',
    'COPY Dockerfile /stand-in',
    'FROM base-$TARGETARCH',
  ];
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
  const platforms = 'linux/amd64,linux/arm64';
  await run('docker', ['buildx', 'build', '--platform', platforms, '--tag', name, '--push', context], {
    env,
  });
}
