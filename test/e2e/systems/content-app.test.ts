import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { kubectl, list, makeNamespace, podOf, podsOf, rolledOut, sweepNamespace } from '../support/cluster';
import { addressesOf, componentOf, containerOf, containersOf, docker, sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering, ask } from '../support/http';
import { Project } from '../support/project';
import { probe, processOf } from '../support/probe';
import { onCluster, onEngine, withOutsider } from '../support/requirements';
import { run } from '../support/run';

const namespace = 'content-app-e2e';
const elsewhere = 'content-app-elsewhere';
const hostPort = 18111;
const nodePort = 30010;
const apiPort = 18112;
const key = 'sk-e2e-4f1d0c6b9a7e';
const text = 'One hull is <b>not</b> enough.';

const [host = ''] = Object.values(networkInterfaces())
  .flat()
  .flatMap((one) => (one?.family === 'IPv4' && !one.internal ? [one.address] : []));
const project = new Project({
  ...{ name: 'content-app', environment: 'e2e', namespace, hostPort, nodePort },
  published: 25007,
});
project.edit(
  'application.ts',
  "url: 'https://api.openai.com/v1'",
  `url: 'http://${host}:${apiPort}/v1', addresses: ['${host}/32']`,
);
writeFileSync(project.secretsFile, `OPENAI_API_KEY=${key}\n`);

/** Stands in for the API that writes: it tells everything that it was sent, the key as well. */
let api: Server;
let mood: 'well' | 'failing' = 'well';
const shown: (string | undefined)[] = [];

beforeAll(() => {
  api = createServer((request, response) => {
    shown.push(request.headers.authorization);
    const content = `${text} ${key}`;
    response.writeHead(mood === 'well' ? 200 : 500, { 'x-key': key, 'set-cookie': `key=${key}` });
    response.end(JSON.stringify(mood === 'well' ? { choices: [{ message: { content } }] } : { error: key }));
  }).listen(apiPort);
});

afterAll(() => {
  api.close();
  project.remove();
});

/** What must be true of the frontend, wherever it runs. */
function visitors(
  url: string,
  inside: (component: string, ...command: readonly string[]) => Promise<string>,
): void {
  test('see what the frontend fetched from the backend', async () => {
    const { status, text: page } = await ask(`${url}/`);
    expect(status).toBe(200);
    expect(page).toContain(
      '<a href="/topics/hulls">Two hulls</a>: A catamaran carries one deck on two hulls.',
    );
  });

  test('see what the API wrote for the key that the backend alone has', async () => {
    mood = 'well';
    shown.length = 0;
    const { status, text: page } = await ask(`${url}/topics/hulls`);
    expect({ status, shown }).toEqual({ status: 200, shown: [`Bearer ${key}`] });
    expect(page).toContain('One hull is &lt;b&gt;not&lt;/b&gt; enough.');
  });

  test.each(['well', 'failing'] as const)('see the key in no answer while the API is %s', async (now) => {
    mood = now;
    const paths = ['/', '/topics/hulls', '/topics/none', '/health', '/env', '/.env', '/../backend/app.py'];
    const answers = await Promise.all(paths.map((path) => ask(`${url}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([
      200,
      now === 'well' ? 200 : 502,
      404,
      200,
      404,
      404,
      404,
    ]);
    expect(answers.filter((answer) => JSON.stringify(answer).includes(key))).toEqual([]);
  });

  test('the frontend has the key neither in a variable nor in a file', async () => {
    const find = `env; grep -rlsF --exclude-dir=proc --exclude-dir=sys -e "$0" / || true`;
    const found = await inside('frontend', 'sh', '-c', find, key);
    expect(found).toContain('BACKEND_URL=http://backend:8000');
    expect(found).not.toContain(key);
    expect(found.split('\n').filter((line) => line.startsWith('/'))).toEqual([]);
    // The same search finds it where it is.
    expect(
      (await inside('backend', 'sh', '-c', find, key)).split('\n').filter((line) => line.startsWith('/')),
    ).toEqual(expect.arrayContaining([expect.stringMatching(/^\/run\/secrets\/files\/.*OPENAI_API_KEY$/)]));
  });
}

onEngine('visitors of content-app on Docker', () => {
  const name = 'content-app-e2e';
  const outside = `outside-${name}`;
  const url = `http://127.0.0.1:${hostPort}`;

  beforeAll(async () => {
    await sweep(name);
    const file = join(await project.written('e2e'), 'compose.yaml');
    const compose = ['compose', '--env-file', project.secretsFile, '--file', file];
    await run('docker', [...compose, 'up', '--detach', '--wait']);
    await sweep(outside);
    await docker('run', '--detach', '--name', `${outside}-1`, 'python:3.13-slim', 'sleep', '600');
  });

  afterAll(async () => {
    await sweep(outside);
    await sweep(name);
  });

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'content-app', environment: 'e2e' },
    ...{ project: name, by: 'compose' },
  }));

  visitors(url, async (component, ...command) =>
    docker('exec', (await containerOf(name, component)).Id, ...command),
  );

  test('the frontend alone is published', async () => {
    const published = (await containersOf(name)).flatMap((container) =>
      Object.values(container.HostConfig.PortBindings ?? {}).flatMap((bindings) =>
        bindings.map(({ HostPort }) => [componentOf(container), HostPort]),
      ),
    );
    expect(published).toEqual([['frontend', String(hostPort)]]);
  });

  test('a container outside of the application is answered by the frontend, and never by the backend', async () => {
    const backend = addressesOf(await containersOf(name), 'backend');
    expect(backend).toHaveLength(2);
    const frontend = `http://${host}:${hostPort}/health`;
    const closed = [...backend, host, 'backend'].map((address) => `http://${address}:8000/health`);
    expect(await answersIn(`${outside}-1`, [frontend, ...closed])).toEqual({
      [frontend]: 'ok',
      ...Object.fromEntries(closed.map((target) => [target, 'nothing'])),
    });
    // The same question finds the backend where it can be reached.
    const { Id } = await containerOf(name, 'backend');
    const open = backend.map((address) => `http://${address}:8000/health`);
    expect(await answersIn(Id, open)).toEqual(
      Object.fromEntries(open.map((target) => [target, '{"status": "ok"}'])),
    );
  });
});

// Whether a connection opens tells nothing here: a gateway may open one to any address of another network.
const question = `
import sys, urllib.request
for url in sys.argv[1:]:
    try:
        print(url, urllib.request.urlopen(url, timeout=3).read().decode())
    except Exception:
        print(url, "nothing")
`;

/** What a container is answered at each URL. */
async function answersIn(id: string, urls: readonly string[]): Promise<Record<string, string>> {
  const lines = (await docker('exec', id, 'python3', '-c', question, ...urls)).trim().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
}

onCluster('visitors of content-app on Kubernetes', () => {
  const url = `http://127.0.0.1:${nodePort}`;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    await sweepNamespace(elsewhere);
    await project.buildForCluster();
    await makeNamespace(namespace);
    const secret = ['create', 'secret', 'generic', 'content-app-secrets'];
    await kubectl(['--namespace', namespace, ...secret, `--from-env-file=${project.secretsFile}`]);
    await kubectl(['create', 'namespace', elsewhere]);
    const outside = ['run', 'outside', '--image=python:3.13-slim', '--restart=Never', '--', 'sleep', '600'];
    await kubectl(['--namespace', elsewhere, ...outside]);
    await kubectl(['apply', '--filename', await project.written('staging')]);
    await rolledOut(namespace);
    await kubectl([
      '--namespace',
      elsewhere,
      'wait',
      'pod/outside',
      '--for=condition=Ready',
      '--timeout=60s',
    ]);
    await answering(url);
  });

  afterAll(async () => {
    await kubectl(['--namespace', elsewhere, 'delete', 'pod', 'outside', '--ignore-not-found', '--now']);
    await sweepNamespace(elsewhere);
    await sweepNamespace(namespace);
  });

  visitors(url, async (component, ...command) => {
    const { metadata } = await podOf(namespace, component);
    return kubectl(['--namespace', namespace, 'exec', metadata.name, '--quiet', '--', ...command]);
  });

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: 'content-app', environment: 'staging' },
    namespace,
  }));

  test('the frontend alone has a Service for the outside', async () => {
    const services = await list<{ metadata: { name: string }; spec: { type: string } }>(
      namespace,
      'services',
    );
    expect(Object.fromEntries(services.map(({ metadata, spec }) => [metadata.name, spec.type]))).toEqual({
      backend: 'ClusterIP',
      frontend: 'ClusterIP',
      'frontend-public': 'NodePort',
    });
  });

  withOutsider('another application', () => {
    test('reaches the frontend, and never the backend', async () => {
      const [backend] = await podsOf(namespace, 'backend');
      const at = (host: string, port: number) =>
        ({ label: '', host, port, protocol: 'tcp', proof: { kind: 'none' } }) as const;
      const open = at(`frontend.${namespace}.svc`, 25007);
      const closed = [at(backend?.status.podIP ?? '', 8000), at(`backend.${namespace}.svc`, 8000)];
      const [pod] = await podsOf(elsewhere);
      const outcomes = await probe(await processOf(pod?.metadata.uid ?? ''), [open, ...closed]);
      expect(outcomes).toEqual(['open', 'closed', 'closed']);
    });
  });
});
