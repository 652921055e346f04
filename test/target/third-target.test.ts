import { join, resolve } from 'node:path';
import { backup } from '../../cli/commands/backup';
import { check } from '../../cli/commands/check';
import { graph } from '../../cli/commands/graph';
import { images } from '../../cli/commands/images';
import { matrix } from '../../cli/commands/matrix';
import { secrets } from '../../cli/commands/secrets';
import { synth } from '../../cli/commands/synth';
import { deploy } from '../../cli/deploy/deploy';
import { targets as known } from '../../cli/targets';
import { filesBelow, projectOf, runAsyncIn, runIn } from '../support/project';
import { fakeRunner } from '../support/runner';
import { stacks } from '../support/stacks';
import { dockerRunTarget } from './docker-run';

// What "a new target is one folder" means: everything works with a target that nothing outside of docker-run.ts knows.

const targets = [...known, dockerRunTarget];
const repository = resolve(__dirname, '../..');

/** What stacks ask for and this target refuses. */
const accepted: Readonly<Record<string, readonly string[]>> = {
  'chatbot-logs': ['files', 'replicas', 'routes', 'secretFiles'],
  'content-app': ['secretFiles'],
  'dify-api': ['replicas', 'routes'],
  'eq-backend': ['autoscaling', 'replicas', 'routes', 'secretFiles'],
  'hello-world-rest-api': ['replicas', 'routes'],
  'streamlit-app': ['replicas', 'routes'],
  vdt2023: ['replicas', 'routes', 'secretFiles'],
};

/** A project with every stack of this repository, each in one environment of the third target. */
function everyStack(): string {
  const files = Object.keys(stacks).map((name) => [
    `stacks/${name}.ts`,
    `import { envFile } from 'catamaran';
import stack from '${join(repository, 'stacks', name)}';
import { dockerRun } from '${join(repository, 'test/target/docker-run')}';

const spec = dockerRun({ secrets: envFile(), accept: ${JSON.stringify(accepted[name] ?? [])} });
export default { environments: { here: { ...spec, name: 'here' } }, create: stack.create };
`,
  ]);
  return projectOf(Object.fromEntries(files) as Record<string, string>);
}

const project = everyStack();

test('synth writes every stack', () => {
  const { thrown, stdout } = runIn(project, synth, {}, { targets });
  expect(thrown).toBeUndefined();
  const written = filesBelow(join(project, 'dist'));
  expect(Object.keys(written).filter((file) => file.endsWith('run.sh'))).toEqual(
    Object.keys(stacks)
      .map((name) => `${name}/here/run.sh`)
      .sort(),
  );
  expect(written['vdt2023/here/run.sh']).toMatch(
    /^#!\/bin\/sh\n# vdt2023 in here\. Written by: npx catamaran synth vdt2023 --environment here\n/,
  );
  for (const name of Object.keys(stacks))
    expect(stdout).toMatch(new RegExp(`^${name} +here +docker-run +\\d+ lines`, 'm'));
  expect(runIn(project, synth, { check: true }, { targets }).stdout).toContain('dist is up to date');
});

/** The code of a stack in one environment of the third target, with these options. */
function shop(options: string): Record<string, string> {
  const code = `import { Application, Backend, Health, Migration, Secret, envFile, hostPort, type Environment } from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { dockerRun } from '${join(repository, 'test/target/docker-run')}';

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    const queue = new Backend(this, 'queue', {
      image: 'queue:1.0',
      port: 6379,
      health: Health.command(['ask', 'is it up?']),
    });
    const migration = new Migration(this, 'migration', {
      image: 'api:1.0',
      command: ['alembic', 'upgrade', 'head'],
      check: ['alembic', 'current'],
      waitsFor: [queue],
    });
    new Backend(this, 'api', {
      image: 'api:1.0',
      port: 8000,
      command: ['python', '-m', 'api'],
      args: ['--say', 'hello world'],
      env: { LEVEL: 'two words', TOKEN: Secret.named('TOKEN') },
      health: Health.command(['true']),
      publish: 8080,
      waitsFor: [queue, migration],
    });
  }
}
const spec = dockerRun(${options});
export default { environments: { here: { ...spec, name: 'here' } }, create: (environment: Environment) => new Shop(environment) };
`;
  return { 'stacks/shop.ts': code };
}

const user = '--user 10001:10001 --cap-drop ALL --security-opt no-new-privileges';
const limits =
  '--read-only --tmpfs /tmp:size=67108864 --cpus 0.5 --memory 268435456 --memory-reservation 268435456 --pids-limit 256';
const timing =
  '--health-interval 10000ms --health-timeout 5000ms --health-retries 3 --health-start-period 30000ms';

test('what its table calls native is in the lines of the script', () => {
  const folder = projectOf(shop('{ secrets: envFile() }'));
  const { thrown } = runIn(folder, synth, {}, { targets });
  expect(thrown).toBeUndefined();
  const script = filesBelow(join(folder, 'dist'))['shop/here/run.sh'] ?? '';
  expect(script.split('\n').filter((line) => !line.startsWith('#'))).toEqual([
    'set -eu',
    `healthy() { until [ "$(docker inspect --format '{{.State.Health.Status}}' "$1")" = healthy ]; do sleep 1; done; }`,
    'docker network create shop',
    'docker run --name shop-queue --network shop --network-alias queue --detach --restart unless-stopped' +
      ` ${user} ${limits} --health-cmd 'ask '\\''is it up?'\\''' ${timing} --stop-timeout 20 queue:1.0`,
    'healthy shop-queue',
    'docker run --name shop-migration --network shop --network-alias migration --rm --entrypoint alembic' +
      ` ${user} ${limits} --stop-timeout 20 api:1.0 upgrade head`,
    'healthy shop-queue',
    'docker run --name shop-api --network shop --network-alias api --detach --restart unless-stopped' +
      ` --entrypoint python --env LEVEL='two words' --env TOKEN="$TOKEN" ${user} --publish 0.0.0.0:8080:8000` +
      ` ${limits} --health-cmd true ${timing} --stop-timeout 20 api:1.0 -m api --say 'hello world'`,
    '',
  ]);
});

test('what it refuses is told, unless the environment accepts it', () => {
  const two = '{ secrets: envFile(), components: { api: { replicas: 2 } } }';
  expect(runIn(projectOf(shop(two)), synth, {}, { targets }).thrown?.message).toBe(
    'shop/api: replicas is 2, which docker run refuses: a line starts one container. Write replicas: 1; ' +
      "or accept this with accept: ['replicas'] in environment here",
  );
});

test('an override is refused, since a line is no object', () => {
  const change = "dockerContainer({ reason: 'more', change: (container) => ({ ...container, pids: 9 }) })";
  const options = `{ secrets: envFile(), components: { api: { overrides: [${change}] } } }`;
  expect(runIn(projectOf(shop(options)), synth, {}, { targets }).thrown?.message).toBe(
    'shop (here): components.api.overrides: the override of Container is for docker, and the environment is on docker-run: remove it',
  );
});

test('an environment of a target that nobody knows is told which there are', () => {
  expect(runIn(project, synth, { application: 'vdt2023' }).thrown?.message).toBe(
    'vdt2023 (here): target is "docker-run": write one of kubernetes, docker, as docker() and kubernetes() do',
  );
});

test('check asks the policies of the model and its own, and knows those of the other targets', () => {
  const { stdout, thrown } = runIn(project, check, { application: 'hello-world-rest-api' }, { targets });
  expect(thrown).toBeUndefined();
  expect(stdout).toMatch(/^hello-world-rest-api +here +docker-run +\d policies kept$/m);
  const explained = runIn(project, check, { explain: 'tagged-runs' }, { targets }).stdout;
  expect(explained).toContain('tagged-runs: A line runs an image with a tag.');
});

test('graph draws every stack in it', () => {
  const { stdout } = runIn(project, graph, {}, { targets });
  for (const name of Object.keys(stacks)) expect(stdout).toContain(`title: ${name} in here on docker-run`);
});

test('images lists what it runs', async () => {
  const { stdout, thrown } = await runAsyncIn(project, images, {}, { targets });
  expect(thrown).toBeUndefined();
  expect(stdout).toMatch(/^mongo:7\.0 +pulled .* vdt2023\/database \(here\)$/m);
});

test('secrets gives its advice', () => {
  const asked = { application: 'vdt2023', environment: 'here' };
  const { stdout } = runIn(project, secrets, asked, { targets });
  expect(stdout).toMatch(/^DATABASE_PASSWORD +missing +database \(file\) backend \(variable\) /m);
  expect(stdout).toContain('a variable shows in docker inspect\nrun:    sh dist/vdt2023/here/run.sh');
});

test('matrix has a column for it', () => {
  const [heading, ...rows] = runIn(project, matrix, {}, { targets }).stdout.split('\n');
  expect(heading).toBe('| field | Kubernetes | Docker | docker run |');
  expect(rows).toContain('| arguments | native | native | native |');
});

test('backup runs where its workloads run', async () => {
  const { run, calls } = fakeRunner();
  const asked = { application: 'chatbot-logs', environment: 'here', component: 'store' };
  const { exitCode, thrown } = await runAsyncIn(project, backup, asked, { targets, run });
  expect(thrown).toBeUndefined();
  expect(exitCode).toBeUndefined();
  expect(calls).toEqual([
    expect.stringMatching(
      /^sh -c docker run --rm --network chatbot-logs .* --entrypoint sh postgres:17 \S+backup\.sh backup$/,
    ),
  ]);
});

test('pulumi up says that it does not deploy it', async () => {
  const cwd = process.cwd();
  const surroundings = { command: 'up', run: fakeRunner().run, targets } as const;
  try {
    await expect(deploy('vdt2023-here', project, surroundings)).rejects.toThrow(
      'vdt2023 (here): target is "docker-run": write docker() for pulumi up',
    );
  } finally {
    process.chdir(cwd);
  }
});
