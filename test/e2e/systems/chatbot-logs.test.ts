import { join } from 'node:path';
import {
  giveToCluster,
  kubectl,
  list,
  makeNamespace,
  rolledOut,
  sweepNamespace,
  type Job,
} from '../support/cluster';
import { makeCertificate } from '../support/certificate';
import { containerOf, containersOf, docker, sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { Project } from '../support/project';
import { onCluster, onEngine } from '../support/requirements';
import { attempt, run, until } from '../support/run';
import { visit, type Told } from '../support/visitor';

/** What a visitor sends besides the path. */
interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A place where the system runs. */
interface Hull {
  readonly project: Project;
  readonly environment: string;
  readonly ask: (path: string, sent?: Sent) => Promise<Told>;
  /** Runs a job at once, to its end; returns what it prints. */
  readonly runJob: (name: string) => Promise<string>;
}

function copy(environment: string, hostPort: number, nodePort: number | undefined): Project {
  const project = new Project({
    ...{ name: 'chatbot-logs', environment, hostPort, nodePort },
    namespace: 'chatbot-logs-e2e',
    published: 8090,
  });
  project.edit('environments.ts', 'hostPort(8090,', `hostPort(${hostPort},`);
  return project;
}

/** Asks over plain HTTP, at the loopback address. */
async function askPlainly(port: number, path: string, { headers = {}, body }: Sent = {}): Promise<Told> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

async function secretOf(project: Project, name: string): Promise<string> {
  const text = await run('cat', [project.secretsFile]);
  return new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? '';
}

const told = { user: 'ada', messages: [{ role: 'user', text: 'Is this a catamaran?' }] };

/** What must be true of the API and its store, of any kind. */
function conversations(hull: () => Hull, store: string): void {
  test(`conversations are kept in ${store}`, async () => {
    const { ask } = hull();
    const old = await ask('/conversations', { body: { ...told, at: '2020-01-31T12:00:00+00:00' } });
    const recent = await ask('/conversations', { body: told });
    expect([old.status, recent.status]).toEqual([201, 201]);
    const seen = JSON.parse((await ask('/')).text) as { conversations: { messages: unknown }[] };
    expect(seen).toMatchObject({ store, count: 2 });
    expect(seen.conversations.map(({ messages }) => messages)).toEqual([told.messages, told.messages]);
  });

  test('the job of the night removes what is too old', async () => {
    const { ask, runJob } = hull();
    expect(await runJob('retention')).toMatch(/^removed 1 conversations from before .* UTC, kept 1$/m);
    expect(JSON.parse((await ask('/')).text)).toMatchObject({ count: 1 });
  });
}

/** What must be true of what is around them. */
function backupAndDashboards(hull: () => Hull): void {
  test('a backup of the store is made and listed', async () => {
    const { project, environment } = hull();
    const of = ['chatbot-logs', '--environment', environment, '--component', 'store'];
    await project.catamaran('backup', ...of);
    const listed = (await project.catamaran('restore', ...of, '--list')).trim().split('\n');
    expect(listed.filter((line) => /^\S+\.\S+/.test(line))).toHaveLength(1);
  });

  test('nobody sees the dashboards without the password of the proxy', async () => {
    const { ask } = hull();
    expect((await ask('/grafana/')).status).toBe(401);
    const wrong = await ask('/grafana/', { headers: basic('team', 'guessed') });
    expect(wrong.status).toBe(401);
  });

  test('Grafana (a stand-in) has the dashboard, and Prometheus the numbers of API and store', async () => {
    const { ask, project } = hull();
    const past = basic('team', await secretOf(project, 'DASHBOARD_PASSWORD'));
    const body = { user: 'admin', password: await secretOf(project, 'GRAFANA_PASSWORD') };
    const login = await ask('/grafana/login', { headers: past, body });
    expect(login.status).toBe(200);
    const cookie = /grafana_session=\w+/.exec(String(login.headers['set-cookie']))?.[0] ?? '';
    const headers = { ...past, cookie };
    expect(JSON.parse((await ask('/grafana/api/search', { headers })).text)).toEqual([
      { uid: 'chatbot-logs', title: 'Chatbot logs' },
    ]);
    const query = async (expression: string) => {
      const path = `/grafana/api/datasources/proxy/uid/prometheus/api/v1/query?query=${encodeURIComponent(expression)}`;
      const answer = JSON.parse((await ask(path, { headers })).text) as {
        data: { result: { metric: { job: string }; value: [number, string] }[] };
      };
      return Object.fromEntries(answer.data.result.map(({ metric, value }) => [metric.job, value[1]]));
    };
    const asked = await until('both to be asked', 60, async () => {
      const up = await query('up');
      return Object.values(up).filter((value) => value === '1').length === 2 ? up : undefined;
    });
    expect(asked).toEqual({ api: '1', exporter: '1' });
    // It was asked before the last conversation was removed, or will be within 15 s.
    await until('the number of conversations', 40, async () =>
      (await query('chatbot_conversations'))['exporter'] === '1' ? true : undefined,
    );
  });
}

function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function onDocker(environment: string, store: string, hostPort: number, tests: (hull: () => Hull) => void) {
  onEngine(`chatbot-logs with ${store} on Docker`, () => {
    const name = `chatbot-logs-${environment}`;
    let hull: Hull;

    beforeAll(async () => {
      await sweep(name);
      const project = copy(environment, hostPort, undefined);
      project.edit('environments.ts', "choices: { store: 'postgres' }", `choices: { store: '${store}' }`);
      await run(
        process.execPath,
        [...['lib/cli/main.js', 'secrets', 'chatbot-logs', '--environment', environment, '--init']],
        { cwd: project.folder },
      );
      const file = join(await project.written(environment), 'compose.yaml');
      const compose = ['compose', '--env-file', project.secretsFile, '--file', file];
      await run('docker', [...compose, 'up', '--detach', '--wait']);
      hull = {
        project,
        environment,
        ask: (path, sent) => askPlainly(hostPort, path, sent),
        runJob: async (job) => {
          const { Id } = await containerOf(name, job);
          await docker('exec', Id, 'sh', '-c', 'kill -USR2 1');
          return until(`the end of ${job}`, 60, async () => {
            const { stdout, stderr } = await attempt('docker', ['logs', Id]);
            return stderr.includes('schedule: succeeded') ? stdout : undefined;
          });
        },
      };
    });

    afterAll(async () => {
      await sweep(name);
      hull.project.remove();
    });

    hostileEyesOnEngine(() => ({
      ...{ folder: hull.project.folder, application: 'chatbot-logs', environment },
      ...{ project: name, by: 'compose' },
    }));
    tests(() => hull);

    test('the proxy alone is published', async () => {
      const published = (await containersOf(name)).flatMap(({ HostConfig, Name }) =>
        Object.keys(HostConfig.PortBindings ?? {}).map(() => Name),
      );
      expect(published).toEqual([expect.stringContaining('-proxy-1')]);
    });
  });
}

onDocker('e2e', 'postgres', 18180, (hull) => {
  conversations(hull, 'PostgresStore');
  backupAndDashboards(hull);
});

onDocker('mongo', 'mongodb', 18181, (hull) => {
  conversations(hull, 'MongoStore');
});

onCluster('chatbot-logs with elasticsearch (a stand-in) on Kubernetes', () => {
  const namespace = 'chatbot-logs-e2e';
  const nodePort = 30082;
  let hull: Hull;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    const project = copy('e2e', 18182, nodePort);
    await project.catamaran('secrets', 'chatbot-logs', '--environment', 'staging', '--init');
    const images = await project.catamaran('build', 'chatbot-logs', '--environment', 'staging');
    await giveToCluster(images.trim().split('\n'));
    await makeNamespace(namespace);
    const inside = ['--namespace', namespace];
    const secret = [...inside, 'create', 'secret'];
    await kubectl([...secret, 'generic', 'chatbot-logs-secrets', `--from-env-file=${project.secretsFile}`]);
    const { certificate } = await makeCertificate(project.folder, ['chatbot.example.org']);
    const pair = ['crt', 'key'].map((end) => join(project.folder, `tls.${end}`));
    await kubectl([...secret, 'tls', 'chatbot-logs-tls', `--cert=${pair[0]}`, `--key=${pair[1]}`]);
    await kubectl(['apply', '--filename', await project.written('staging')]);
    await rolledOut(namespace);
    const place = { address: '127.0.0.1', port: nodePort, certificate };
    hull = {
      project,
      environment: 'staging',
      ask: (path, { headers = {}, body } = {}) =>
        visit(place, {
          ...{ host: 'chatbot.example.org', path },
          headers: { 'content-type': 'application/json', ...headers },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      runJob: async (name) => {
        const job = `${name}-now`;
        await kubectl([...inside, 'create', 'job', `--from=cronjob/${name}`, job]);
        await kubectl([...inside, 'wait', `job/${job}`, '--for=condition=Complete', '--timeout=120s']);
        return kubectl([...inside, 'logs', `job/${job}`]);
      },
    };
    await until('an answer', 60, () =>
      hull.ask('/').then(
        ({ status }) => (status === 200 ? true : undefined),
        () => undefined,
      ),
    );
  });

  afterAll(async () => {
    await sweepNamespace(namespace);
    hull.project.remove();
  });

  hostileEyesInCluster(() => ({
    ...{ folder: hull.project.folder, application: 'chatbot-logs', environment: 'staging' },
    namespace,
  }));
  conversations(() => hull, 'ElasticsearchStore');
  backupAndDashboards(() => hull);

  test('the proxy alone is published', async () => {
    const services = await list<{ metadata: { name: string }; spec: { type: string } }>(
      namespace,
      'services',
    );
    const open = services
      .filter(({ spec }) => spec.type !== 'ClusterIP')
      .map(({ metadata }) => metadata.name);
    expect(open).toEqual(['proxy-public']);
  });

  test('no job has failed', async () => {
    const jobs = await list<Job>(namespace, 'jobs');
    expect(jobs.filter(({ status }) => (status.failed ?? 0) > 0)).toEqual([]);
  });
});
