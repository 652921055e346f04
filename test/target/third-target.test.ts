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
  'chatbot-logs': ['replicas', 'routes'],
  'dify-api': ['replicas'],
  'eq-backend': ['replicas'],
  'hello-world-rest-api': ['replicas'],
  'streamlit-app': ['replicas'],
  vdt2023: ['replicas'],
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

test('what it refuses is told, unless the environment accepts it', () => {
  const strict = projectOf({
    'stacks/vdt2023.ts': `import { envFile } from 'catamaran';
import stack from '${join(repository, 'stacks/vdt2023')}';
import { dockerRun } from '${join(repository, 'test/target/docker-run')}';
export default { environments: { here: { ...dockerRun({ secrets: envFile() }), name: 'here' } }, create: stack.create };
`,
  });
  expect(runIn(strict, synth, {}, { targets }).thrown?.message).toBe(
    'vdt2023/backend: replicas is 2, which docker run refuses: a line starts one container. Write replicas: 1; ' +
      "or accept this with accept: ['replicas'] in environment here",
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
  const [heading, , first] = runIn(project, matrix, {}, { targets }).stdout.split('\n');
  expect(heading).toBe('| field | Kubernetes | Docker | docker run |');
  expect(first).toBe('| after | native | native | native |');
});

test('backup runs where its workloads run', async () => {
  const { run, calls } = fakeRunner();
  const asked = { application: 'chatbot-logs', environment: 'here', component: 'store' };
  const { exitCode, thrown } = await runAsyncIn(project, backup, asked, { targets, run });
  expect(thrown).toBeUndefined();
  expect({ calls, exitCode }).toEqual({
    calls: ['docker exec store-backup backup docker-run'],
    exitCode: undefined,
  });
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
