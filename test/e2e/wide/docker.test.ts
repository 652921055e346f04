import { join } from 'node:path';
import { containersOf, docker, sweep } from '../support/engine';
import { echoed } from '../support/datagram';
import { answering, ask, json } from '../support/http';
import { OwnProject } from '../support/own-project';
import { PulumiStack } from '../support/pulumi';
import { onEngine, onEngineWithPulumi } from '../support/requirements';
import { run, until } from '../support/run';
import { expected } from './expected';

const url = 'http://127.0.0.1:18150';
let project: OwnProject;

beforeAll(async () => {
  project = new OwnProject('wide');
  await project.catamaran('secrets', 'wide', '--environment', 'dev', '--init');
});

afterAll(() => {
  project.remove();
});

/** What every way to run the application must give. */
function carriesAll(): void {
  test('main tells that each need is met, and that nothing else is', async () => {
    await answering(url);
    expect(await json(`${url}/report`)).toEqual(expected('localhost'));
  });

  test('a datagram comes back', async () => {
    expect(await echoed(18153, 'over UDP')).toBe('over UDP');
  });

  test('only what says so runs as root, and only what says so can write to its root', async () => {
    const running = (await containersOf('wide-dev')).filter(({ State }) => State.Status === 'running');
    const named = (those: typeof running) =>
      those.map(({ Name }) => /wide-dev-([a-z]+)-1/.exec(Name)?.[1]).sort();
    expect(named(running.filter(({ Config }) => Config.User === '0:0'))).toEqual(['rooted']);
    expect(named(running.filter(({ HostConfig }) => !HostConfig.ReadonlyRootfs))).toEqual(['scribe']);
    const added = running.filter(({ HostConfig }) => (HostConfig.CapAdd ?? []).length > 0);
    expect(named(added)).toEqual(['rooted']);
  });

  test('the queue keeps its jobs when its program is killed', async () => {
    const before = Number((await ask(`${url}/jobs`)).text);
    expect(before).toBeGreaterThan(0);
    const [queue] = (await containersOf('wide-dev')).filter(({ Name }) => Name.includes('wide-dev-queue-1'));
    await docker('kill', queue?.Id ?? '');
    await docker('start', queue?.Id ?? '');
    const after = await until('an answer of the queue', 60, () =>
      ask(`${url}/jobs`).then(
        ({ status, text }) => (status === 200 ? Number(text) : undefined),
        () => undefined,
      ),
    );
    expect(after).toBe(before);
  });
}

onEngine('the wide application, written for Docker', () => {
  beforeAll(async () => {
    await sweep('wide-dev');
    const file = join(await project.written('dev'), 'compose.yaml');
    const compose = ['compose', '--env-file', project.source('.env'), '--file', file];
    await run('docker', [...compose, 'up', '--detach', '--wait'], { timeout: 300 });
  });

  afterAll(() => sweep('wide-dev'));

  carriesAll();
});

onEngineWithPulumi('the wide application, applied to Docker', () => {
  let stack: PulumiStack;

  beforeAll(async () => {
    await sweep('wide-dev');
    stack = new PulumiStack(project, 'wide-dev');
    await stack.init();
    await stack.up();
  });

  afterAll(async () => {
    await sweep('wide-dev');
  });

  carriesAll();

  test('nothing is left to do, the engine asked or not', async () => {
    await stack.preview('--expect-no-changes');
    await stack.up('--expect-no-changes', '--refresh');
  });

  test('destroyed, only data is left', async () => {
    await stack.destroy();
    expect(await containersOf('wide-dev')).toEqual([]);
    const volumes = (await docker('volume', 'ls', '--quiet')).split('\n');
    expect(volumes.filter((name) => name.startsWith('wide-dev-')).sort()).toEqual([
      'wide-dev-database-data',
      'wide-dev-media',
      'wide-dev-queue-data',
    ]);
  });
});
