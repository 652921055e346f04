import { checkCommand } from '../../../constructs/target/check/command';
import type { Check } from '../../../constructs/model/health';
import { Duration } from '../../../constructs/values/units';
import { asked, closed, port, serveHealth } from '../../support/health-server';
import { find, here, imageOf, run, tools, type Image } from '../../support/image-of-programs';

serveHealth();

const http = (path: string, more: Partial<Check & { readonly kind: 'http' }> = {}): Check => ({
  ...{ kind: 'http', port, path, host: '', headers: {} },
  ...more,
});

/** The images: each has one program that asks. */
const images: readonly (readonly [string, Image])[] = [
  ...here('curl', 'wget', 'python3', 'node', 'bash').map(
    (program) => [program, imageOf([program, ...tools])] as const,
  ),
  ...here('busybox').map(
    (busybox) =>
      [
        busybox,
        Object.fromEntries(['wget', ...tools].map((name) => [name, find(busybox) ?? busybox])),
      ] as const,
  ),
];

/** What a kubelet says of each path. */
const verdicts: readonly (readonly [path: string, healthy: boolean])[] = [
  ['/', true],
  ['/created', true],
  ['/empty', true],
  ['/large', true],
  ['/health/db?deep=1&x=~y%20z+', true],
  ['/no-place', true],
  ['/unchanged', true],
  ['/choices', true],
  ['/here', true],
  ['/beside', true],
  ['/whole', true],
  ['/to-other', true],
  ['/to-other-tls', true],
  ['/steps/9', true],
  ['/steps/10', false],
  ['/round', false],
  ['/bad-request', false],
  ['/login', false],
  ['/missing', false],
  ['/broken', false],
  ['/not-ready', false],
  ['/to-broken', false],
  ['/to-closed', false],
  ['/to-mail', false],
  ['/half', false],
];

describe.each(images)('an image with %s', (name, image) => {
  test('says the same as a kubelet of each path', async () => {
    const said: (readonly [string, boolean])[] = [];
    for (const [path] of verdicts) said.push([path, (await run(http(path), image)).code === 0]);
    expect(said).toEqual(verdicts);
  }, 60_000);

  test('asks once, by GET, with the headers of a kubelet', async () => {
    expect(await run(http('/health/db?deep=1&x=~y'), image)).toMatchObject({ code: 0, text: '' });
    expect(asked).toEqual([
      {
        method: 'GET',
        url: '/health/db?deep=1&x=~y',
        headers: expect.objectContaining({
          host: `127.0.0.1:${port}`,
          accept: '*/*',
          'user-agent': 'kube-probe/catamaran',
        }),
      },
    ]);
  });

  test('sends the headers and the host of the check, also where a path leads', async () => {
    const headers = { accept: 'text/plain', 'User-Agent': 'health of "shop": $(id)', 'X-Deep': "it's 1%" };
    expect((await run(http('/here', { host: 'shop.example.com', headers }), image)).code).toBe(0);
    const sent = expect.objectContaining({
      host: 'shop.example.com',
      accept: 'text/plain',
      'user-agent': 'health of "shop": $(id)',
      'x-deep': "it's 1%",
    });
    // The wget of BusyBox has followed it already when it is stopped.
    const all = asked.map((one) => [one.url, one.headers]);
    expect(all[0]).toEqual(['/here', sent]);
    expect(all.at(-1)).toEqual(['/empty?a=b', sent]);
  });

  test('asks by the address where a redirect is a whole URL, as the host is another one', async () => {
    expect((await run(http('/whole', { host: 'shop.example.com' }), image)).code).toBe(0);
    const hosts = asked.map((one) => one.headers.host);
    expect([hosts[0], hosts.at(-1)]).toEqual(['shop.example.com', `127.0.0.1:${port}`]);
  });

  test.each(['/slow', '/endless'])('is not healthy where %s takes longer than its timeout', async (path) => {
    const { code, milliseconds } = await run(http(path), image, 1);
    expect(code).not.toBe(0);
    expect(milliseconds).toBeLessThan(3500);
  });

  test('is not healthy where all redirects together take longer than its timeout', async () => {
    const { code, milliseconds } = await run(http('/slowly/9'), image, 1);
    expect(code).not.toBe(0);
    expect(milliseconds).toBeLessThan(4500);
  });

  test('is healthy where an answer takes less than its timeout', async () => {
    expect((await run(http('/slow'), image, 9)).code).toBe(0);
  }, 10_000);

  test('is not healthy where nobody answers, and says where it asked', async () => {
    const { code, text } = await run(http('/a', { port: closed }), image);
    expect(code).toBe(1);
    expect(text).toContain('http://127.0.0.1:1/a: ');
  });

  test('follows to https, whoever made the certificate', async () => {
    const { code, text } = await run(http('/to-tls'), image);
    // Bash cannot speak TLS, nor can the BusyBox of Debian, and they say so.
    if (text === '') expect(code).toBe(0);
    else
      expect([name, code, text]).toEqual([
        expect.stringMatching(/^b/),
        1,
        expect.stringMatching(/TLS|https:/),
      ]);
  });
});

const curlLike = here('curl', 'python3', 'node', 'bash');
test.each(curlLike)(
  '%s keeps the timeout by itself, where the image has no other program',
  async (program) => {
    const { code, milliseconds } = await run(http('/slow'), imageOf(['sh', program]), 1);
    expect(code).not.toBe(0);
    expect(milliseconds).toBeLessThan(3500);
  },
);

const openers: readonly (readonly [string, Image])[] = [
  ...here('python3', 'node', 'bash', 'nc').map((program) => [program, imageOf([program, ...tools])] as const),
  ...here('busybox').map(
    (busybox) =>
      [
        busybox,
        Object.fromEntries(['nc', ...tools].map((name) => [name, find(busybox) ?? busybox])),
      ] as const,
  ),
];

describe.each(openers)('a connection by %s', (_, image) => {
  test('is a sign of health where it is accepted, and not where it is refused', async () => {
    expect((await run({ kind: 'tcp', port }, image)).code).toBe(0);
    expect((await run({ kind: 'tcp', port: closed }, image)).code).not.toBe(0);
  });
});

test('an image without any of the programs is not healthy, and says why', async () => {
  const nothing = { code: 1, text: 'no program to check health with\n' };
  expect(await run(http('/'), {})).toMatchObject(nothing);
  expect(await run({ kind: 'tcp', port }, {})).toMatchObject(nothing);
});

test('a health check by a program runs the program as it is', () => {
  const check = { kind: 'command', command: ['pg_isready', '--quiet'] } as const;
  expect(checkCommand(check, 'database', Duration.seconds(1))).toEqual(['pg_isready', '--quiet']);
});

test('host, port, path and headers are arguments and never a part of the script', () => {
  const one = checkCommand(http('/a', { port: 80 }), 'one', Duration.seconds(5));
  const two = checkCommand(
    http('/b?$(id)', { port: 81, host: 'c', headers: { accept: '$(id)' } }),
    'two',
    Duration.milliseconds(1500),
  );
  expect(one.slice(0, 3)).toEqual(two.slice(0, 3));
  expect(one.slice(3)).toEqual([
    ...['check', '5', 'one', '80', '/a', ''],
    ...['Accept: */*', 'User-Agent: kube-probe/catamaran'],
  ]);
  expect(two.slice(3)).toEqual([
    ...['check', '2', 'two', '81', '/b?$(id)', 'c'],
    ...['User-Agent: kube-probe/catamaran', 'accept: $(id)'],
  ]);
});
