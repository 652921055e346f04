import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate, type Pair } from './support/certificate';
import { giveToCluster, kubectl, makeNamespace, rolledOut, sweepNamespace } from './support/cluster';
import { sweep } from './support/engine';
import { OwnProject } from './support/own-project';
import { onCluster, onEngine } from './support/requirements';
import { run, until } from './support/run';
import { got, opened, readSlowly, secondsBetween, type Asked, type Door } from './support/traffic';
import { echoed } from './support/visitor';

const namespace = 'traffic-cluster';
const hosts = ['www.example', 'exact.wild.example', 'some.wild.example', 'a.b.wild.example', 'acme.example'];

let project: OwnProject;
let pair: Pair;

beforeAll(async () => {
  project = new OwnProject('traffic');
  pair = await makeCertificate(project.folder, [...hosts, '*.wild.example']);
  const values = { TLS_CERTIFICATE: pair.certificate, TLS_KEY: pair.key };
  const lines = Object.entries(values).map(([name, value]) => `${name}='${value}'\n`);
  writeFileSync(project.source('.env'), lines.join(''));
});

afterAll(() => {
  project.remove();
});

/** The proxies of one target, and a way to run a shell program in one of them. */
interface Behind {
  readonly ports: number;
  readonly inside: (proxy: string, program: string) => Promise<string>;
}

onEngine('on Docker', () => {
  beforeAll(async () => {
    await sweep('traffic-dev');
    const file = join(await project.written('dev'), 'compose.yaml');
    const args = [
      'compose',
      '--env-file',
      project.source('.env'),
      '--file',
      file,
      'up',
      '--detach',
      '--wait',
    ];
    await run('docker', args);
  });

  afterAll(() => sweep('traffic-dev'));

  everyProxy({
    ports: 18150,
    inside: (proxy, program) => run('docker', ['exec', `traffic-dev-${proxy}-1`, 'sh', '-c', program]),
  });
});

onCluster('on Kubernetes', () => {
  beforeAll(async () => {
    await sweepNamespace(namespace);
    await giveToCluster(['python:3.13-slim', 'nginxinc/nginx-unprivileged:1.27']);
    await makeNamespace(namespace);
    const [certificate, key] = ['tls.crt', 'tls.key'].map((file) => join(project.folder, file));
    await kubectl([
      ...['--namespace', namespace, 'create', 'secret', 'generic', 'traffic-secrets'],
      ...[`--from-file=TLS_CERTIFICATE=${certificate}`, `--from-file=TLS_KEY=${key}`],
    ]);
    await kubectl(['apply', '--filename', await project.written('cluster')]);
    await rolledOut(namespace);
  });

  afterAll(() => sweepNamespace(namespace));

  everyProxy({
    ports: 30150,
    inside: (proxy, program) =>
      kubectl(['--namespace', namespace, 'exec', `deployment/${proxy}`, '--', 'sh', '-c', program]),
  });
});

function everyProxy({ ports, inside }: Behind): void {
  const secure = (): Door => ({ port: ports, certificate: pair.certificate });
  const secureInClear: Door = { port: ports + 1 };
  const plain: Door = { port: ports + 2 };
  const behindInClear: Door = { port: ports + 4 };

  /** The headers that the server behind a proxy is asked with. */
  const seen = async (door: Door, asked: Partial<Asked> = {}): Promise<Record<string, string>> => {
    const { text } = await got(door, { path: '/api/seen', ...asked });
    return (JSON.parse(text) as { headers: Record<string, string> }).headers;
  };

  beforeAll(() =>
    until('an answer of every proxy', 60, async () => {
      const doors = [secure(), plain, { port: ports + 3, certificate: pair.certificate }];
      const answers = doors.map((door) =>
        got(door, { path: '/docs/' }).then(
          ({ status }) => status,
          () => 0,
        ),
      );
      return (await Promise.all(answers)).every((status) => status === 200) ? true : undefined;
    }),
  );

  test('uploads that are larger than the scratch space and the memory of the proxy', async () => {
    const { status, text } = await got(secure(), { path: '/api/up', upload: 200 });
    expect({ status, ...(JSON.parse(text) as object) }).toMatchObject({
      status: 200,
      taken: 200 * 1024 ** 2,
    });
    const headers = { 'Content-Length': 256 * 1024 ** 2 + 1 };
    expect((await got(secure(), { path: '/api/up', upload: 0, headers })).status).toBe(413);
  });

  test('a limit for bodies to the byte', async () => {
    const sized = (length: number): Promise<number> =>
      got(plain, { path: '/kept', upload: 0, headers: { 'Content-Length': length } }).then(
        ({ status }) => status,
      );
    expect(await sized(2)).toBe(413);
    expect(await sized(0)).toBe(200);
  });

  test('a slow visitor gets a download that is larger than the scratch space', async () => {
    const answer = await opened(secure(), { path: '/api/?download=220' });
    expect(await readSlowly(answer, 6)).toBe(220 * 1024 ** 2);
  });

  test('headers of 32 KiB, both ways', async () => {
    const large = 'x'.repeat(32 * 1024);
    const { status, headers, text } = await got(secure(), {
      path: `/api/?header=${large.length}`,
      headers: { Cookie: `session=${large}` },
    });
    const { headers: asked } = JSON.parse(text) as { headers: Record<string, string> };
    expect(status).toBe(200);
    expect(headers['x-large']).toBe(large);
    expect(asked['cookie']).toBe(`session=${large}`);
    const page = await got(secure(), { path: '/docs/', headers: { Cookie: `session=${large}` } });
    expect(page.status).toBe(200);
  });

  test.each([
    ['/docs', '/docs/'],
    ['/site/docs', '/site/docs/'],
  ])('the folder %s without a slash, with and without TLS', async (path, location) => {
    for (const door of [secure(), plain])
      for (const host of ['www.example', `www.example:${door.port}`])
        expect(await got(door, { path, host })).toMatchObject({ status: 301, location });
    expect(await got(secure(), { path: location })).toMatchObject({ status: 200, text: '<h1>docs</h1>\n' });
  });

  test.each([
    ['http://server:8000/x?a=1', '/api/x?a=1'],
    ['http://www.example:8000/x', '/api/x'],
    ['https://www.example:8000/x', '/api/x'],
    ['http://www.example/x', '/api/x'],
    ['/x', '/api/x'],
    ['/api/x', '/api/x'],
    ['/api', '/api'],
    ['http://www.example/api/x', '/api/x'],
    ['https://www.example/api/x', 'https://www.example/api/x'],
    ['http://other.example/x', 'http://other.example/x'],
    ['x', 'x'],
  ])('a component that redirects to %s', async (to, location) => {
    const path = `/api/?move=${encodeURIComponent(to)}`;
    for (const door of [secure(), plain])
      expect(await got(door, { path })).toMatchObject({ status: 302, location });
  });

  test('events arrive one by one, also those of a POST', async () => {
    for (const upload of [undefined, 1]) {
      const answer = await opened(secure(), {
        path: '/api/?events=2',
        ...(upload !== undefined && { upload }),
      });
      expect(await secondsBetween(answer)).toBeGreaterThan(2);
    }
  });

  test('a request becomes a WebSocket', async () => {
    const place = { address: '127.0.0.1', port: ports, certificate: pair.certificate };
    expect(await echoed(place, { host: 'www.example', path: '/api/live' }, 'ahoy')).toBe('ahoy');
  });

  const invented = {
    'X-Forwarded-For': '203.0.113.7',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'shop.example',
    'X-Forwarded-Port': '443',
    Forwarded: 'for=203.0.113.7;proto=https',
  };

  test('what a stranger says of itself is replaced', async () => {
    const { forwarded, ...headers } = await seen(plain, { headers: invented });
    expect(headers).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-host': 'www.example' });
    expect(headers['x-forwarded-for']).toBe(headers['x-real-ip']);
    expect(headers['x-forwarded-for']).not.toContain('203.0.113.7');
    expect([forwarded, headers['x-forwarded-port']]).toEqual([undefined, undefined]);
    expect(await got(secureInClear, { path: '/docs/', headers: invented })).toMatchObject({
      status: 308,
      location: `https://www.example:${ports}/docs/`,
    });
  });

  test('what a trusted load balancer says of its visitor is passed on', async () => {
    const headers = await seen(behindInClear, { headers: invented });
    expect(headers).toMatchObject({
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'shop.example',
      'x-forwarded-port': '443',
      'x-real-ip': '203.0.113.7',
    });
    expect(headers['x-forwarded-for']).toMatch(/^203\.0\.113\.7, [\d.]+$/);
  });

  test.each([
    ['https', 200, undefined],
    ['https, http', 200, undefined],
    ['HTTPS,http', 200, undefined],
    ['wss', 200, undefined],
    ['http', 308, 'https://shop.example/docs/?a=1'],
    ['http, https', 308, 'https://shop.example/docs/?a=1'],
    ['', 308, 'https://shop.example/docs/?a=1'],
  ])('a trusted load balancer whose visitor came by "%s"', async (proto, status, location) => {
    const headers = { 'X-Forwarded-Proto': proto, 'X-Forwarded-Host': 'shop.example' };
    expect(await got(behindInClear, { path: '/docs/?a=1', headers })).toMatchObject({ status, location });
  });

  test('wildcards are for one label, and come after the name itself', async () => {
    const statusOf = async (host: string, path: string) => (await got(plain, { path, host })).status;
    expect(await statusOf('some.wild.example', '/any/x')).toBe(200);
    expect(await statusOf('SOME.wild.example', '/any/x')).toBe(200);
    expect(await statusOf('some.wild.example', '/named/x')).toBe(404);
    expect(await statusOf('exact.wild.example', '/named/x')).toBe(200);
    expect(await statusOf('exact.wild.example', '/any/x')).toBe(404);
    // The website of any host.
    expect(await statusOf('a.b.wild.example', '/docs/')).toBe(200);
    expect(await statusOf('wild.example', '/docs/')).toBe(200);
  });

  test('challenges of ACME are answered without TLS, all else leads to HTTPS', async () => {
    const path = '/.well-known/acme-challenge/token';
    const answer = await got(secureInClear, { path, host: 'acme.example' });
    expect([answer.status, (JSON.parse(answer.text) as { path: string }).path]).toEqual([200, path]);
    const unrouted = await got(secureInClear, { path, host: 'some.wild.example' });
    expect([unrouted.status, unrouted.location]).toEqual([404, undefined]);
    const other = await got(secureInClear, { path: '/.well-known/acme-challenger', host: 'acme.example' });
    expect(other.status).toBe(308);
  });

  test('one worker process, for half a core', async () => {
    const count = "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c '^nginx: worker'";
    for (const one of ['secure', 'site']) expect(await inside(one, count)).toBe('1\n');
  });

  test('the DNS server of the machine, and health without TLS', async () => {
    const program = 'cat /tmp/machine/resolver.conf';
    expect(await inside('secure', program)).toMatch(/^resolver [\d.]+ valid=1s ipv6=o(n|ff);\n$/);
    expect((await got(secureInClear, { path: '/-/healthy' })).status).toBe(200);
  });
}
