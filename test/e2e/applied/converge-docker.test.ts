import { containerOf, containersOf, containersOfComponent, docker, namesOf, sweep } from '../support/engine';
import { answering } from '../support/http';
import { OwnProject } from '../support/own-project';
import { PulumiStack } from '../support/pulumi';
import { onEngineWithPulumi } from '../support/requirements';

const name = 'converge-dev';
const url = 'http://127.0.0.1:18190/';

// An update is killed as a power cut would do it: Pulumi, its plugins and our program at once.
onEngineWithPulumi('updates of Docker that are killed', () => {
  let project: OwnProject;
  let stack: PulumiStack;
  /** What a clean update makes. */
  let clean: string[];

  beforeAll(async () => {
    await sweep(name);
    project = new OwnProject('converge');
    stack = new PulumiStack(project, name);
    await stack.init();
    await stack.up();
    clean = await everything();
  });

  afterAll(async () => {
    await sweep(name);
    project.remove();
  });

  const converges = async (): Promise<void> => {
    await stack.up('--refresh');
    expect(await everything()).toEqual(clean);
    await stack.preview('--expect-no-changes', '--refresh');
    await answering(url);
  };

  /** How many containers of a component run, in one question: a list is old when the next is asked. */
  const running = async (component: string, ...filters: readonly string[]): Promise<number> => {
    const labels = [`label=catamaran.project=${name}`, `label=catamaran.workload=${component}`];
    const args = [...labels, ...filters].flatMap((filter) => ['--filter', filter]);
    return (await docker('ps', '--quiet', ...args)).split('\n').length - 1;
  };

  test('a clean one makes networks, volumes and containers, each once', () => {
    expect(clean).toEqual([
      'container converge-dev-api-1: running',
      'container converge-dev-api-2: running',
      'container converge-dev-api-files: created',
      'container converge-dev-database-1: running',
      'container converge-dev-database-secrets: created',
      'container converge-dev-migration-1: exited',
      'container converge-dev-web-1: running',
      'container converge-dev-web-files: created',
      'network converge-dev-api.database',
      'network converge-dev-migration.database',
      'network converge-dev-web.api',
      'network converge-dev-web_publish',
      'volume converge-dev-api-files',
      'volume converge-dev-database-data',
      'volume converge-dev-database-secrets',
      'volume converge-dev-web-files',
    ]);
  });

  test('in a rollout, while old and new replicas run', async () => {
    project.edit("GREETING: 'Hello'", "GREETING: 'Ahoy'");
    await stack.killed('up', async () => (await running('api')) > 2);
    await converges();
    const greetings = (await containersOfComponent(name, 'api')).map(({ Config }) => Config.Env);
    for (const variables of greetings) expect(variables).toContain('GREETING=Ahoy');
  });

  test('while all is destroyed, when what is published is gone', async () => {
    await stack.killed('destroy', async () => (await running('web')) === 0);
    process.stdout.write(`    left of ${clean.length}: ${(await everything()).length}\n`);
    await converges();
  });

  test('one after the other: at the first network, while the database starts, while the migration runs', async () => {
    await stack.destroy();
    expect(await everything()).toEqual([]);
    await stack.killed('up', async () => (await namesOf(name, 'network')).length > 0);
    await stack.killed('up', async () => (await running('database', 'health=starting')) > 0);
    const database = await containerOf(name, 'database');
    await stack.killed('up', async () => (await running('migration')) > 0);
    expect((await containerOf(name, 'database')).Id).not.toBe(database.Id);
    await converges();
  });

  test('what an interrupted one left is told by a preview, and what another deployment has is left alone', async () => {
    const { Config, Id } = await containerOf(name, 'web');
    const run = ['run', '--detach', '--restart', 'unless-stopped', '--entrypoint', 'sleep', '--label'];
    const label = `catamaran.deployment=${Config.Labels['catamaran.deployment']}`;
    await docker(...run, label, '--name', `${name}-left`, 'python:3.13-slim', '600');
    await docker(...run, 'catamaran.deployment=other', '--name', `${name}-other`, 'python:3.13-slim', '600');
    expect(await stack.preview()).toContain(
      `An interrupted update left objects behind: container ${name}-left. The next pulumi up removes them`,
    );
    await stack.up('--expect-no-changes');
    expect((await everything()).filter((one) => !clean.includes(one))).toEqual([
      `container ${name}-other: running`,
    ]);
    expect((await containerOf(name, 'web')).Id).toBe(Id);
    await docker('rm', '--force', `${name}-other`);
  });

  test('a container that somebody stopped is seen by a refresh, and runs again after the next update', async () => {
    const { Name } = await containerOf(name, 'api');
    await docker('stop', Name.slice(1), `${name}-web-1`);
    const seen = await stack.preview('--refresh');
    expect(seen).toMatch(/docker:index:Container +converge-dev-api-\d/);
    expect(seen).toMatch(/docker:index:Container +converge-dev-web-1/);
    await converges();
  });

  test('destroy leaves nothing', async () => {
    await stack.destroy();
    expect(await everything()).toEqual([]);
  });
});

/** All that the engine has of the application, without what Pulumi makes of a name to be new. */
async function everything(): Promise<string[]> {
  const states = new Map((await containersOf(name)).map(({ Name, State }) => [Name.slice(1), State.Status]));
  const kinds = ['container', 'network', 'volume'] as const;
  const lists = kinds.map(async (kind) =>
    (await namesOf(name, kind)).map((one) => {
      const state = states.get(one);
      return `${kind} ${one.replace(/-[0-9a-f]{7}$/, '')}${kind === 'container' ? `: ${state}` : ''}`;
    }),
  );
  return (await Promise.all(lists)).flat().sort();
}
