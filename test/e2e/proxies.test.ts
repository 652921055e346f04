import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeCertificate, type Pair } from './support/certificate';
import {
  clusterHas,
  giveToCluster,
  kubectl,
  makeNamespace,
  rolledOut,
  sweepNamespace,
  tryKubectl,
} from './support/cluster';
import { sweep } from './support/engine';
import { hostileEyesOnEngine } from './support/eyes';
import { hostileEyesInCluster } from './support/eyes-cluster';
import { ask } from './support/http';
import { OwnProject } from './support/own-project';
import { onCluster, onEngine } from './support/requirements';
import { run, until } from './support/run';
import { echoed, visit, type Place, type Question, type Told } from './support/visitor';

const namespace = 'routes-proxied';
const password = `p:${'x'.repeat(16)}$ y`;

let project: OwnProject;
let pair: Pair;

beforeAll(async () => {
  project = new OwnProject('proxied');
  pair = await makeCertificate(project.folder, ['one.example', 'two.example']);
  const values = { OPS_PASSWORD: password, TLS_CERTIFICATE: pair.certificate, TLS_KEY: pair.key };
  const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(project.source('.env'), lines.join(''));
});

afterAll(() => {
  project.remove();
});

async function applied(environment: string): Promise<void> {
  await sweepNamespace(namespace);
  if (!(await clusterHas('python:3.13-slim'))) await giveToCluster(['python:3.13-slim']);
  await makeNamespace(namespace);
  const secret = ['--namespace', namespace, 'create', 'secret'];
  await kubectl([
    ...[...secret, 'generic', 'proxied-secrets', `--from-literal=OPS_PASSWORD=${password}`],
    ...[
      `--from-file=TLS_CERTIFICATE=${project.folder}/tls.crt`,
      `--from-file=TLS_KEY=${project.folder}/tls.key`,
    ],
  ]);
  await kubectl([
    ...[
      ...secret,
      'tls',
      'proxied-tls',
      `--cert=${project.folder}/tls.crt`,
      `--key=${project.folder}/tls.key`,
    ],
  ]);
  const { code, stderr } = await tryKubectl(['apply', '--filename', await project.written(environment)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await rolledOut(namespace);
}

onEngine('nginx on Docker', () => {
  const local = (): Place => ({ address: '127.0.0.1', port: 18140, certificate: pair.certificate });

  beforeAll(async () => {
    await sweep('proxied-dev');
    const file = join(await project.written('dev'), 'compose.yaml');
    const secrets = project.source('.env');
    const args = ['compose', '--env-file', secrets, '--file', file, 'up', '--detach', '--wait'];
    await run('docker', args);
  });

  afterAll(() => sweep('proxied-dev'));

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'proxied', environment: 'dev' },
    ...{ project: 'proxied-dev', by: 'compose' },
  }));
  everyProxy(local);
  everyNginx(local, 'http://127.0.0.1:18141', 'https://127.0.0.1:18140');

  test('a visitor whose replica is gone is taken by another', async () => {
    const first = await visit(local(), { host: 'one.example', path: '/sticky' });
    const replica = replicaOf(first);
    await run('docker', ['kill', replica]);
    const again = { host: 'one.example', path: '/sticky', headers: { Cookie: cookieOf(first) } };
    const answer = await visit(local(), again);
    expect(answer.status).toBe(200);
    expect(replicaOf(answer)).not.toBe(replica);
  });
});

onCluster('nginx on Kubernetes', () => {
  const node = (): Place => ({ address: '127.0.0.1', port: 30025, certificate: pair.certificate });
  beforeAll(() => applied('nginx'));
  afterAll(() => sweepNamespace(namespace));

  hostileEyesInCluster(() => ({
    folder: project.folder,
    application: 'proxied',
    environment: 'nginx',
    namespace,
  }));
  everyProxy(node);
  everyNginx(node, 'http://127.0.0.1:30026', 'https://127.0.0.1:30025');
});

onCluster('an Ingress on Kubernetes', () => {
  let address = '';

  beforeAll(async () => {
    await applied('ingress');
    const service = ['--namespace', 'ingress', 'get', 'service', 'ingress', '--output'];
    address = await kubectl([...service, 'jsonpath={.status.loadBalancer.ingress[0].ip}']);
  });

  afterAll(() => sweepNamespace(namespace));

  hostileEyesInCluster(() => ({
    folder: project.folder,
    application: 'proxied',
    environment: 'ingress',
    namespace,
  }));
  everyProxy(() => ({ address, port: 443, certificate: pair.certificate }));

  test('nobody else in the cluster reaches what is behind it', async () => {
    const script =
      "import socket\ntry:\n socket.create_connection(('several', 8000), 3)\n print('open')\nexcept OSError:\n print('closed')";
    const inside = ['--namespace', namespace, 'exec', 'deployment/echo', '--'];
    expect(await kubectl([...inside, 'python3', '-c', script])).toBe('closed\n');
  });
});

onCluster('a Gateway on Kubernetes, which no controller carries out here', () => {
  const schemas = resolve(__dirname, '../schemas/gateway-api');
  let made = false;

  beforeAll(async () => {
    const { stdout } = await tryKubectl(['get', 'crd', 'httproutes.gateway.networking.k8s.io']);
    made = stdout === '';
    if (made) {
      await kubectl(['apply', '--server-side', '--filename', schemas]);
      await kubectl(['wait', '--for=condition=Established', '--filename', schemas, '--timeout=60s']);
    }
    await sweepNamespace(namespace);
    await makeNamespace(namespace);
  });

  afterAll(async () => {
    await sweepNamespace(namespace);
    if (made) await kubectl(['delete', '--filename', schemas]);
  });

  test('is of the published schemas, every field of it', async () => {
    const file = join(await project.written('gateway'), 'proxy.yaml');
    const args = ['apply', '--dry-run=server', '--validate=strict', '--filename', file];
    const { code, stdout, stderr } = await until('the new kinds', 30, async () => {
      const ended = await tryKubectl(args);
      return ended.stderr.includes('no matches for kind') ? undefined : ended;
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^gateway\.|^httproute\./gm)).toHaveLength(4);
  });
});

/** What all proxies that can run here do with the same requests. */
function everyProxy(place: () => Place): void {
  const seen = async (question: Question): Promise<unknown> => {
    const { status, text } = await answered(place(), question);
    const { path, host, proto } = JSON.parse(text) as Record<string, unknown>;
    return { status, path, host, proto };
  };

  test('a component sees the path, the host and that there was TLS', async () => {
    expect(await seen({ host: 'one.example', path: '/a/b?c=%2F' })).toEqual({
      status: 200,
      path: '/a/b?c=%2F',
      host: 'one.example',
      proto: 'https',
    });
  });

  test('each host has components of its own', async () => {
    const replicas = async (host: string) => {
      const answers = Array.from({ length: 12 }, () => answered(place(), { host, path: '/' }));
      return new Set((await Promise.all(answers)).map(replicaOf));
    };
    const [one, two] = [await replicas('one.example'), await replicas('two.example')];
    expect([one.size, two.size]).toEqual([1, 2]);
    expect([...two].filter((replica) => one.has(replica))).toEqual([]);
  });

  test('a request becomes a WebSocket', async () => {
    await answered(place(), { host: 'one.example', path: '/live' });
    expect(await echoed(place(), { host: 'one.example', path: '/live/x' }, 'ahoy')).toBe('ahoy');
  });
}

/** What only nginx does, the same on both targets. */
function everyNginx(place: () => Place, plain: string, secure: string): void {
  const one = (path: string, more: Partial<Question> = {}): Promise<Told> =>
    visit(place(), { host: 'one.example', path, ...more });

  test('a prefix is taken away, and only at the end of a name', async () => {
    const paths = ['/stripped', '/stripped/a?b=1', '/strippedx'];
    const answers = await Promise.all(paths.map((path) => one(path)));
    expect(answers.map(({ text }) => (JSON.parse(text) as { path: string }).path)).toEqual([
      '/',
      '/a?b=1',
      '/strippedx',
    ]);
  });

  test('redirects keep what follows, and never lead to a host that the visitor chose', async () => {
    const paths = ['/old', '/old/a?b=1', '/away/c', '/up//evil.example/x', '/up/%0d%0aX-Evil:1'];
    const answers = await Promise.all(paths.map((path) => one(path)));
    expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual([
      [301, '/new'],
      [301, '/new/a?b=1'],
      [302, 'https://docs.example/v2/c'],
      [302, '/evil.example/x'],
      [302, '/%0d%0aX-Evil:1'],
    ]);
    expect(answers.flatMap(({ headers }) => headers['x-evil'] ?? [])).toEqual([]);
  });

  test('plain HTTP leads to HTTPS', async () => {
    const { status, headers } = await ask(`${plain}/a?b=1`);
    expect([status, headers.location]).toEqual([308, `${secure}/a?b=1`]);
  });

  test('a body is taken up to its limit', async () => {
    const sizes = [1024, 1025].map((size) => one('/small', { body: 'x'.repeat(size) }));
    expect((await Promise.all(sizes)).map(({ status }) => status)).toEqual([200, 413]);
  });

  test('a password is asked for, and stays at the proxy', async () => {
    const tried = [undefined, 'ops:wrong', `other:${password}`, `ops:${password}`].map((credentials) => {
      const Authorization = `Basic ${Buffer.from(credentials ?? '').toString('base64')}`;
      return one('/secret/x', { headers: credentials === undefined ? {} : { Authorization } });
    });
    const answers = await Promise.all(tried);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 200]);
    expect(JSON.parse(answers[3]?.text ?? '')).toMatchObject({ authorization: null });
  });

  test('a visitor stays at one replica, and others go elsewhere', async () => {
    const first = await one('/sticky');
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^visitor=[0-9a-f]{32}; Path=\/sticky; HttpOnly; SameSite=Lax; Secure$/,
    );
    const headers = { Cookie: cookieOf(first) };
    const again = await Promise.all(Array.from({ length: 12 }, () => one('/sticky', { headers })));
    expect(new Set(again.map(replicaOf))).toEqual(new Set([replicaOf(first)]));
    expect(again.flatMap((told) => told.headers['set-cookie'] ?? [])).toEqual([]);
    const others = await Promise.all(Array.from({ length: 40 }, () => one('/sticky')));
    expect(new Set(others.map(replicaOf)).size).toBe(2);
  });
}

// A controller hears of an Ingress a little later than the one who asks.
function answered(place: Place, question: Question): Promise<Told> {
  return until(`an answer of ${question.host}`, 30, () =>
    visit(place, question).then(
      (told) => (told.status === 200 ? told : undefined),
      () => undefined,
    ),
  );
}

function replicaOf({ text }: Told): string {
  return (JSON.parse(text) as { replica: string }).replica;
}

function cookieOf({ headers }: Told): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
