import fc from 'fast-check';
import { Duration, Size } from 'catamaran';
import type { Route } from '../../../constructs/model/network';
import { nginxConfiguration, type Resolution } from '../../../constructs/target/nginx';

const stable: Resolution = { kind: 'stable' };
const dynamic: Resolution = { kind: 'dynamic', resolver: '127.0.0.11' };

function route(path: string, targets: Readonly<Record<string, number>>, options: Partial<Route> = {}): Route {
  return {
    path,
    targets: Object.entries(targets).map(([workload, weight]) => ({ workload, port: 8000, weight })),
    bodyLimit: Size.mebibytes(1),
    timeout: Duration.minutes(1),
    ...options,
  };
}

/** The directives of one block of a configuration, without its braces. */
function block(configuration: string, opening: string): string[] {
  const lines = configuration.split('\n').map((line) => line.trim());
  const start = lines.indexOf(`${opening} {`);
  return start < 0 ? [] : lines.slice(start + 1, lines.indexOf('}', start));
}

test('the whole configuration of one route is what the golden text says', () => {
  expect(nginxConfiguration([route('/', { api: 1 })], stable)).toBe(`server {
    listen 8080;
    server_tokens off;
    location = /-/healthy {
        access_log off;
        return 200;
    }
    location / {
        proxy_pass http://api:8000;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_next_upstream error timeout;
        proxy_connect_timeout 2s;
        proxy_read_timeout 60s;
        proxy_send_timeout 60s;
        client_max_body_size 1024k;
    }
}
`);
});

test('a name of several addresses is resolved again and again', () => {
  const configuration = nginxConfiguration([route('/', { api: 1 })], dynamic);
  expect(configuration).toContain('    resolver 127.0.0.11 valid=1s ipv6=off;\n');
  expect(block(configuration, 'location /').slice(0, 2)).toEqual([
    'set $route_0 api:8000;',
    'proxy_pass http://$route_0;',
  ]);
});

test('a name of one address needs no resolver', () => {
  const configuration = nginxConfiguration([route('/', { api: 1, next: 1 })], stable);
  expect(configuration).not.toContain('resolver');
});

test('each route has a location with its own limits', () => {
  const configuration = nginxConfiguration(
    [
      route('/', { web: 1 }),
      route('/api', { api: 1 }, { bodyLimit: Size.bytes(1), timeout: Duration.milliseconds(1500) }),
      route('/upload', { api: 1 }, { bodyLimit: Size.gibibytes(2), timeout: Duration.minutes(10) }),
    ],
    dynamic,
  );
  expect(block(configuration, 'location /api')).toEqual(
    expect.arrayContaining([
      'set $route_1 api:8000;',
      'proxy_read_timeout 2s;',
      'proxy_send_timeout 2s;',
      'client_max_body_size 1k;',
    ]),
  );
  expect(block(configuration, 'location /upload')).toEqual(
    expect.arrayContaining([
      'set $route_2 api:8000;',
      'proxy_read_timeout 600s;',
      'client_max_body_size 2097152k;',
    ]),
  );
});

test('health is answered by the proxy itself, whatever its routes are', () => {
  for (const resolution of [stable, dynamic])
    expect(block(nginxConfiguration([], resolution), 'location = /-/healthy')).toEqual([
      'access_log off;',
      'return 200;',
    ]);
});

test('requests are shared out by weight: by upstreams where an address is stable', () => {
  const configuration = nginxConfiguration([route('/', { api: 90, canary: 10 })], stable);
  expect(configuration.split('\n').slice(0, 7)).toEqual([
    'upstream api-8000 { server api:8000; }',
    'upstream canary-8000 { server canary:8000; }',
    'split_clients $request_id $route_0 {',
    '    90.00% api-8000;',
    '    * canary-8000;',
    '}',
    'server {',
  ]);
  expect(block(configuration, 'location /')[0]).toBe('proxy_pass http://$route_0;');
});

test('requests are shared out by weight: by addresses where names are resolved again', () => {
  const configuration = nginxConfiguration([route('/', { api: 1, canary: 1, next: 1 })], dynamic);
  expect(configuration.split('\n').slice(0, 5)).toEqual([
    'split_clients $request_id $route_0 {',
    '    33.33% api:8000;',
    '    33.33% canary:8000;',
    '    * next:8000;',
    '}',
  ]);
  expect(configuration).not.toMatch(/^upstream /m);
});

test('an upstream that two routes share is defined once', () => {
  const configuration = nginxConfiguration(
    [route('/', { api: 1, next: 1 }), route('/api', { next: 1, api: 3 })],
    stable,
  );
  expect(configuration.match(/^upstream /gm)).toHaveLength(2);
});

test('shares are more than nothing, at most everything, and as the weights are', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(weights, (given) => {
      const targets = Object.fromEntries(given.map((weight, index) => [`api-${index}`, weight]));
      const configuration = nginxConfiguration([route('/', targets)], dynamic);
      const lines = block(configuration, 'split_clients $request_id $route_0');
      expect(lines.at(-1)).toBe(`* api-${given.length - 1}:8000;`);
      const shares = lines.slice(0, -1).map((line) => Number(/^([\d.]+)%/.exec(line)?.[1]));
      const total = given.reduce((sum, weight) => sum + weight, 0);
      for (const [index, share] of shares.entries()) {
        expect(share).toBeGreaterThan(0);
        expect(Math.abs(share - ((given[index] ?? 0) / total) * 100)).toBeLessThanOrEqual(0.0051);
      }
      expect(Math.round(shares.reduce((sum, share) => sum + share, 0) * 100)).toBeLessThanOrEqual(10_000);
    }),
  );
});

test('braces are closed and every directive ends, whatever is asked for', () => {
  const target = fc.record({
    workload: fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/),
    port: fc.integer({ min: 1024, max: 65_535 }),
    weight: fc.integer({ min: 1, max: 1000 }),
  });
  const routes = fc.array(
    fc.record({
      path: fc.stringMatching(/^\/[\w\-./~]{0,8}$/),
      targets: fc.array(target, { minLength: 1, maxLength: 3 }),
      bodyLimit: fc.nat().map(Size.bytes),
      timeout: fc.nat().map(Duration.milliseconds),
    }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(routes, fc.constantFrom(stable, dynamic), (given, resolution) => {
      const configuration = nginxConfiguration(given, resolution);
      let depth = 0;
      for (const line of configuration.trimEnd().split('\n')) {
        expect(line).toMatch(/[;{}]$/);
        depth += (line.match(/\{/g) ?? []).length - (line.match(/\}/g) ?? []).length;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth).toBe(0);
      expect(configuration.match(/^ {4}location [^=]/gm) ?? []).toHaveLength(given.length);
    }),
  );
});
