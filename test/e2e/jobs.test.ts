import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, list, podOf, podsOf, rolledOut, sweepNamespace, type Job } from './support/cluster';
import { containerOf, containersOf, docker, namesOf, sweep } from './support/engine';
import { hostileEyesOnEngine } from './support/eyes';
import { fromEveryPod, hostileEyesInCluster } from './support/eyes-cluster';
import { answering, ask } from './support/http';
import { OwnProject } from './support/own-project';
import { PulumiStack } from './support/pulumi';
import { onCluster, onEngine, onEngineWithPulumi } from './support/requirements';
import { attempt, run, until } from './support/run';

let project: OwnProject;

beforeAll(() => {
  project = new OwnProject('jobs');
  // The container's user may write to it, as far as the file says.
  chmodSync(project.source('page/page.txt'), 0o666);
});

afterAll(() => {
  project.remove();
});

/** How often each has written to the ledger. */
async function entries(url: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const { text } = await ask(`${url}/entries`);
  for (const name of text.split('\n')) if (name !== '') counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Waits until somebody has written so often. */
function written(url: string, name: string, times: number, seconds: number): Promise<number> {
  return until(`${times} entries of ${name}`, seconds, async () => {
    const count = (await entries(url))[name] ?? 0;
    return count >= times ? count : undefined;
  });
}

onEngine('a worker, a job, a volume and a bind mount, written for Docker', () => {
  const url = 'http://127.0.0.1:18120';
  let compose: (...args: readonly string[]) => Promise<string>;

  beforeAll(async () => {
    await sweep('jobs-dev');
    const file = join(await project.written('dev'), 'compose.yaml');
    compose = (...args) => run('docker', ['compose', '--file', file, ...args]);
    await compose('up', '--detach', '--wait');
  });

  afterAll(() => sweep('jobs-dev'));

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'jobs', environment: 'dev' },
    ...{ project: 'jobs-dev', by: 'compose' },
  }));

  test('all are healthy, and none is root', async () => {
    const running = (await containersOf('jobs-dev')).filter(({ State }) => State.Status === 'running');
    expect(running.map(({ State, Config }) => [State.Health?.Status, Config.User])).toEqual(
      ['ledger', 'report', 'worker'].map(() => ['healthy', '10001:10001']),
    );
  });

  test('the worker writes', async () => {
    expect(await written(url, 'worker', 2, 30)).toBeGreaterThanOrEqual(2);
  });

  test('the page is that of the host, as it is now, and cannot be written', async () => {
    expect((await ask(`${url}/page`)).text).toBe('as it was\n');
    writeFileSync(project.source('page/page.txt'), 'as it is\n');
    expect((await ask(`${url}/page`)).text).toBe('as it is\n');
    const { Id } = await containerOf('jobs-dev', 'ledger');
    const { code, stderr } = await attempt('docker', ['exec', Id, 'touch', '/srv/page/page.txt']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('Read-only file system') as string,
    });
  });

  test('the job runs at once where it is asked to, and every minute', async () => {
    await compose('exec', '-T', 'report', 'sh', '-c', 'kill -USR2 1');
    await written(url, 'report', 1, 20);
    await written(url, 'report', 2, 75);
    const { Id } = await containerOf('jobs-dev', 'report');
    const log = await until('the end of the run', 20, async () => {
      const { stdout, stderr } = await attempt('docker', ['logs', Id]);
      const lines = (stdout + stderr).split('\n');
      return lines.filter((line) => line.startsWith('schedule: succeeded')).length > 1 ? lines : undefined;
    });
    expect(log).toEqual(expect.arrayContaining(['schedule: a run is asked for', 'report has written']));
  });

  test('what is written outlives the containers', async () => {
    await compose('down');
    expect(await docker('ps', '--all', '--quiet', '--filter', 'name=jobs-dev')).toBe('');
    await compose('up', '--detach', '--wait', 'ledger');
    expect((await entries(url))['report']).toBeGreaterThanOrEqual(2);
  });
});

onEngineWithPulumi('a worker, a job and a volume, applied to Docker', () => {
  const url = 'http://127.0.0.1:18120';
  let stack: PulumiStack;

  beforeAll(async () => {
    await sweep('jobs-dev');
    stack = new PulumiStack(project, 'jobs-dev');
    await stack.init();
  });

  afterAll(() => sweep('jobs-dev'));

  test('up waits until the schedule of the job is healthy, and leaves nothing to do', async () => {
    await stack.up();
    const { State } = await containerOf('jobs-dev', 'report');
    expect(State.Health?.Status).toBe('healthy');
    await stack.up('--expect-no-changes', '--refresh');
  });

  test('the worker writes, and the job runs where it is asked to', async () => {
    await written(url, 'worker', 2, 30);
    const { Id } = await containerOf('jobs-dev', 'report');
    const before = (await entries(url))['report'] ?? 0;
    await docker('exec', Id, 'sh', '-c', 'kill -USR2 1');
    await written(url, 'report', before + 1, 20);
  });

  test('destroy leaves nothing but the data', async () => {
    await stack.destroy();
    expect(await containersOf('jobs-dev')).toEqual([]);
    expect(await namesOf('jobs-dev', 'network')).toEqual([]);
    expect(await namesOf('jobs-dev', 'volume')).toEqual(['jobs-dev-ledger-entries']);
  });
});

onCluster('a worker, a job and a volume, written for Kubernetes', () => {
  const url = 'http://127.0.0.1:30015';
  const inNamespace = ['--namespace', 'jobs-e2e'];

  beforeAll(async () => {
    await sweepNamespace('jobs-e2e');
    const applied = await project.written('staging');
    await kubectl(['apply', '--filename', applied]);
    await rolledOut('jobs-e2e');
    await answering(`${url}/entries`);
  });

  afterAll(() => sweepNamespace('jobs-e2e'));

  const inCluster = () => ({
    folder: project.folder,
    application: 'jobs',
    environment: 'staging',
    namespace: 'jobs-e2e',
  });
  hostileEyesInCluster(inCluster);

  test('the worker writes, and has no Service; the headless one is of the volume', async () => {
    await written(url, 'worker', 2, 60);
    const services = await list<{ metadata: { name: string } }>('jobs-e2e', 'services');
    expect(services.map(({ metadata }) => metadata.name)).toEqual(['ledger', 'ledger-pods', 'ledger-public']);
  });

  test('the job runs at once where it is asked to, and every minute', async () => {
    await kubectl([...inNamespace, 'create', 'job', '--from=cronjob/report', 'report-now']);
    await kubectl([
      ...[...inNamespace, 'wait', 'job/report-now'],
      ...['--for=condition=Complete', '--timeout=60s'],
    ]);
    expect(await kubectl([...inNamespace, 'logs', 'job/report-now', '--container', 'report'])).toBe(
      'report has written\n',
    );
    await until('a run of the schedule', 90, async () => {
      const jobs = await list<Job>('jobs-e2e', 'jobs');
      const own = jobs.filter(({ metadata }) => metadata.name !== 'report-now');
      return own.some(({ status }) => status.succeeded === 1) ? true : undefined;
    });
    expect((await entries(url))['report']).toBeGreaterThanOrEqual(2);
  });

  test('what is written outlives the pod', async () => {
    const before = (await entries(url))['report'] ?? 0;
    const { metadata } = await podOf('jobs-e2e', 'ledger');
    await kubectl([...inNamespace, 'delete', 'pod', metadata.name, '--grace-period=1']);
    await until('another pod', 60, async () => {
      const [pod] = await podsOf('jobs-e2e', 'ledger');
      return pod && pod.metadata.uid !== metadata.uid ? true : undefined;
    });
    await rolledOut('jobs-e2e');
    await answering(`${url}/entries`);
    expect((await entries(url))['report']).toBeGreaterThanOrEqual(before);
  });

  fromEveryPod('a reference that is removed closes the connection at the next apply', inCluster, async () => {
    const file = project.source('index.ts');
    const before = readFileSync(file, 'utf8');
    const after = before.replace(
      "{ timeZone: 'Europe/Berlin' }),\n      env,",
      "{ timeZone: 'Europe/Berlin' }),",
    );
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    await kubectl(['apply', '--filename', await project.written('staging')]);
  });
});
