import fc from 'fast-check';
import { Duration, Size } from 'catamaran';
import type { Forward, RouteModel } from '../../../constructs/model/route';
import { nginxConfiguration } from '../../../constructs/target/nginx/configuration';
import type { NginxProxy, Resolution } from '../../../constructs/target/nginx/proxy';

const stable: Resolution = { kind: 'stable', resolver: 'dns.example' };
const dynamic: Resolution = { kind: 'dynamic', resolver: '127.0.0.11' };

function route(
  path: string,
  targets: Readonly<Record<string, number>>,
  options: Partial<Forward & Pick<RouteModel, 'hosts'>> = {},
): RouteModel {
  const { hosts = [], ...forward } = options;
  const answer: Forward = {
    kind: 'forward',
    targets: Object.entries(targets).map(([workload, weight]) => ({ workload, port: 8000, weight })),
    stripPrefix: false,
    websocket: false,
    bodyLimit: Size.mebibytes(1),
    timeout: Duration.minutes(1),
    sticky: { kind: 'none' },
    auth: { kind: 'none' },
    ...forward,
  };
  return { hosts, path, answer };
}

function redirect(path: string, origin: string, to: string, hosts: readonly string[] = []): RouteModel {
  return { hosts, path, answer: { kind: 'redirect', origin, path: to, status: 301 } };
}

function configurationOf(
  routes: readonly RouteModel[],
  resolution: Resolution,
  options: Partial<NginxProxy> = {},
): string {
  return nginxConfiguration({
    routes,
    tls: { kind: 'none' },
    httpsPort: 443,
    resolution,
    replicas: () => [],
    ...options,
  });
}

/** The directives of one block of a configuration, without its braces. */
function block(configuration: string, opening: string): string[] {
  const lines = configuration.split('\n').map((line) => line.trim());
  const start = lines.indexOf(`${opening} {`);
  return start < 0 ? [] : lines.slice(start + 1, lines.indexOf('}', start));
}

/** The lines of an upstream that tries a name so often. */
function upstreamOf(name: string, tries: number): string[] {
  return [
    `upstream ${name}-8000 {`,
    ...Array<string>(tries).fill(`    server ${name}:8000 max_fails=0;`),
    '}',
  ];
}

test('the whole configuration of one route is what the golden text says', () => {
  expect(configurationOf([route('/', { api: 1 })], stable)).toBe(`upstream api-8000 {
${'    server api:8000 max_fails=0;\n'.repeat(10)}}
server {
    listen 8080;
    server_tokens off;
    location = /-/healthy {
        access_log off;
        return 200;
    }
    location / {
        proxy_pass http://api-8000;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_next_upstream error timeout;
        proxy_connect_timeout 2s;
        proxy_next_upstream_timeout 10s;
        proxy_read_timeout 60s;
        proxy_send_timeout 60s;
        client_max_body_size 1024k;
    }
}
`);
});

test('a name of several addresses is resolved again and again', () => {
  const configuration = configurationOf([route('/', { api: 1 })], dynamic);
  expect(configuration).toContain('    resolver 127.0.0.11 valid=1s ipv6=off;\n');
  expect(block(configuration, 'location /').slice(0, 2)).toEqual([
    'set $route_0 api:8000;',
    'proxy_pass http://$route_0;',
  ]);
});

test('a name of one address needs no resolver', () => {
  const configuration = configurationOf([route('/', { api: 1, next: 1 })], stable);
  expect(configuration).not.toContain('resolver');
});

test('each route has a location with its own limits', () => {
  const configuration = configurationOf(
    [
      route('/', { web: 1 }),
      route('/api', { api: 1 }, { bodyLimit: Size.bytes(1), timeout: Duration.milliseconds(1500) }),
      route('/upload', { api: 1 }, { bodyLimit: Size.gibibytes(2), timeout: Duration.minutes(10) }),
    ],
    dynamic,
  );
  expect(block(configuration, 'location ~ ^/api(?:/|$)')).toEqual(
    expect.arrayContaining([
      'set $route_1 api:8000;',
      'proxy_read_timeout 2s;',
      'proxy_send_timeout 2s;',
      'client_max_body_size 1k;',
    ]),
  );
  expect(block(configuration, 'location ~ ^/upload(?:/|$)')).toEqual(
    expect.arrayContaining([
      'set $route_2 api:8000;',
      'proxy_read_timeout 600s;',
      'client_max_body_size 2097152k;',
    ]),
  );
});

test('health is answered by the proxy itself, whatever its routes are', () => {
  for (const resolution of [stable, dynamic])
    expect(block(configurationOf([], resolution), 'location = /-/healthy')).toEqual([
      'access_log off;',
      'return 200;',
    ]);
});

test('requests are shared out by weight: by upstreams where an address is stable', () => {
  const configuration = configurationOf([route('/', { api: 90, canary: 10 })], stable);
  expect(configuration.split('\n').slice(0, 29)).toEqual([
    ...upstreamOf('api', 10),
    ...upstreamOf('canary', 10),
    'split_clients $request_id $route_0 {',
    '    90.00% api-8000;',
    '    * canary-8000;',
    '}',
    'server {',
  ]);
  expect(block(configuration, 'location /')[0]).toBe('proxy_pass http://$route_0;');
});

test('requests are shared out by weight: by addresses where names are resolved again', () => {
  const configuration = configurationOf([route('/', { api: 1, canary: 1, next: 1 })], dynamic);
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
  const configuration = configurationOf(
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
      const configuration = configurationOf([route('/', targets)], dynamic);
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
  const forwards = fc
    .record({
      path: fc.stringMatching(/^\/[\w\-./~]{0,8}$/),
      hosts: fc.subarray(['a.example', 'b.example']),
      targets: fc.array(target, { minLength: 1, maxLength: 3 }),
      stripPrefix: fc.boolean(),
      websocket: fc.boolean(),
      bodyLimit: fc.nat().map(Size.bytes),
      timeout: fc.nat().map(Duration.milliseconds),
      sticky: fc.constantFrom({ kind: 'none' } as const, { kind: 'cookie', name: 'visitor' } as const),
      auth: fc.constantFrom(
        { kind: 'none' } as const,
        { kind: 'basic', user: 'ops', password: 'PASSWORD' } as const,
      ),
    })
    .map(({ path, ...options }) => route(path, {}, options));
  const redirects = fc.stringMatching(/^\/[\w\-./~]{0,8}$/).map((path) => redirect(path, '', '/new'));
  const routes = fc.array(fc.oneof(forwards, redirects), { maxLength: 4 });
  fc.assert(
    fc.property(routes, fc.constantFrom(stable, dynamic), (given, resolution) => {
      const configuration = configurationOf(given, resolution);
      let depth = 0;
      for (const line of configuration.trimEnd().split('\n')) {
        expect(line).toMatch(/[;{}]$/);
        depth += (line.match(/\{/g) ?? []).length - (line.match(/\}/g) ?? []).length;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth).toBe(0);
      expect(configuration).toMatch(/^ {4}location \/ \{$/m);
    }),
  );
});

test('what no route is for is not found', () => {
  expect(block(configurationOf([route('/api', { api: 1 })], stable), 'location /')).toEqual(['return 404;']);
});

test('the longest prefix comes first, as nginx takes the first pattern that fits', () => {
  const configuration = configurationOf(
    [route('/', { web: 1 }), route('/a', { a: 1 }), route('/a.b/c/', { c: 1 }), route('/a.b', { b: 1 })],
    stable,
  );
  expect(configuration.match(/^ {4}location [^=].*$/gm)).toEqual([
    '    location ~ ^/a\\.b/c(?:/|$) {',
    '    location ~ ^/a\\.b(?:/|$) {',
    '    location ~ ^/a(?:/|$) {',
    '    location / {',
  ]);
});

test('each host has its routes alone, and hosts of the same routes share a server', () => {
  const configuration = configurationOf(
    [
      route('/', { web: 1 }),
      route('/', { api: 1 }, { hosts: ['api.example', 'api2.example'] }),
      route('/v2', { next: 1 }, { hosts: ['api2.example', 'api.example'] }),
      redirect('/', 'https://www.example', '/', ['old.example']),
    ],
    stable,
  );
  const servers = configuration.split(/^server \{$/m).slice(1);
  expect(
    servers.map((server) => [...server.matchAll(/server_name (.*);|http:\/\/(\w+)-8000/g)].map(String)),
  ).toEqual([
    ['http://web-8000,,web'],
    [
      'server_name api.example api2.example;,api.example api2.example,',
      'http://next-8000,,next',
      'http://api-8000,,api',
    ],
    ['server_name old.example;,old.example,'],
  ]);
});

test('a prefix is taken away from what a component sees', () => {
  const configuration = configurationOf([route('/api/v1', { api: 1 }, { stripPrefix: true })], dynamic);
  expect(block(configuration, 'location ~ ^/api/v1(?:/|$)').slice(0, 3)).toEqual([
    'set $route_0 api:8000;',
    'rewrite ^/api/v1/*(.*)$ /$1 break;',
    'proxy_pass http://$route_0;',
  ]);
});

test('a redirect goes by the request as it was sent, and never to a host that the visitor chose', () => {
  const configuration = configurationOf(
    [redirect('/old', '', '/'), redirect('/docs', 'https://docs.example', '/v2')],
    stable,
  );
  expect(configuration.split('\n').slice(0, 10)).toEqual([
    'map $request_uri $location_0 {',
    '    "~^/old/+(?<rest_0>[^/\\\\\\\\?].*)$" "/$rest_0";',
    '    "~^/old/*(?<query_0>\\?.*)?$" "/$query_0";',
    '    default "/";',
    '}',
    'map $request_uri $location_1 {',
    '    "~^/docs/+(?<rest_1>[^/\\\\\\\\?].*)$" "https://docs.example/v2/$rest_1";',
    '    "~^/docs/*(?<query_1>\\?.*)?$" "https://docs.example/v2$query_1";',
    '    default "https://docs.example/v2";',
    '}',
  ]);
  expect(block(configuration, 'location ~ ^/old(?:/|$)')).toEqual([
    'absolute_redirect off;',
    'return 301 $location_0;',
  ]);
});

test('a request becomes a WebSocket where it may, and only there', () => {
  const configuration = configurationOf(
    [route('/', { web: 1 }), route('/live', { live: 1 }, { websocket: true })],
    stable,
  );
  expect(block(configuration, 'map $http_upgrade $connection_upgrade')).toEqual([
    'default upgrade;',
    '"" "";',
  ]);
  expect(block(configuration, 'location ~ ^/live(?:/|$)')).toEqual(
    expect.arrayContaining([
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection $connection_upgrade;',
    ]),
  );
  expect(block(configuration, 'location /')).toContain('proxy_set_header Connection "";');
  expect(block(configuration, 'location /')).not.toContain('proxy_set_header Upgrade $http_upgrade;');
});

test('a password is asked for, and stays at the proxy', () => {
  const auth = { kind: 'basic', user: 'ops', password: 'GRAFANA_PASSWORD' } as const;
  const configuration = configurationOf([route('/', { grafana: 1 }, { auth })], stable);
  expect(block(configuration, 'location /')).toEqual(
    expect.arrayContaining([
      'proxy_set_header Authorization "";',
      'auth_basic "restricted";',
      'auth_basic_user_file /tmp/ops.GRAFANA_PASSWORD.htpasswd;',
    ]),
  );
});

describe('visitors that stay', () => {
  const sticky = { kind: 'cookie', name: 'visitor' } as const;
  const replicas = () => ['api-0', 'api-1'];

  test('are told apart by a cookie, and go to one replica each', () => {
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable, { replicas });
    expect(configuration.split('\n').slice(0, 24)).toEqual([
      // Any replica, for visitors whose own is gone.
      ...upstreamOf('api', 10),
      'map $cookie_visitor $visitor_0 {',
      '    "" $request_id;',
      '    default $cookie_visitor;',
      '}',
      'map $cookie_visitor $new_visitor_0 {',
      '    "" "visitor=$request_id; Path=/; HttpOnly; SameSite=Lax";',
      '    default "";',
      '}',
      'split_clients $visitor_0 $route_0 {',
      '    50.00% api-0:8000;',
      '    * api-1:8000;',
      '}',
    ]);
    expect(block(configuration, 'location /')).toEqual(
      expect.arrayContaining([
        'proxy_pass http://$route_0;',
        'add_header Set-Cookie $new_visitor_0 always;',
        'error_page 502 504 = @other_0;',
      ]),
    );
  });

  test('are at replicas whose addresses change, and beside them at a component whose address stays', () => {
    const one = ({ workload }: { readonly workload: string }) => (workload === 'api' ? replicas() : []);
    const routes = [route('/', { api: 3, web: 1 }, { sticky }), route('/docs', { docs: 1 })];
    const configuration = configurationOf(routes, stable, { replicas: one });
    for (const line of upstreamOf('web', 10)) expect(configuration).toContain(line);
    expect(block(configuration, 'split_clients $visitor_0 $route_0')).toEqual([
      '37.50% api-0:8000;',
      '37.50% api-1:8000;',
      '* web-8000;',
    ]);
    expect(configuration).toContain('    resolver dns.example valid=1s ipv6=off;');
    expect(configuration).toContain('proxy_pass http://docs-8000;');
    expect(configurationOf([route('/docs', { docs: 1 })], stable)).not.toContain('resolver');
  });

  test('go to any other replica where theirs is gone, unless it may have changed something', () => {
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], dynamic, { replicas });
    const lines = configuration.split('\n').map((line) => line.trim());
    const start = lines.indexOf('location @other_0 {');
    expect(lines.slice(start, start + 6)).toEqual([
      'location @other_0 {',
      'if ($request_method !~ ^(GET|HEAD|OPTIONS)$) {',
      'return 502;',
      '}',
      'set $other_0 api:8000;',
      'proxy_pass http://$other_0;',
    ]);
  });

  test('share the replicas of each component by its weight', () => {
    const configuration = configurationOf([route('/', { api: 3, web: 1 }, { sticky })], dynamic, {
      replicas: ({ workload }) => [`${workload}-0`, `${workload}-1`],
    });
    expect(block(configuration, 'split_clients $visitor_0 $route_0')).toEqual([
      '37.50% api-0:8000;',
      '37.50% api-1:8000;',
      '12.50% web-0:8000;',
      '* web-1:8000;',
    ]);
  });

  test('need no cookie where there is one replica', () => {
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable);
    expect(configuration).toBe(configurationOf([route('/', { api: 1 })], stable));
  });
});

describe('TLS', () => {
  const tls: NginxProxy['tls'] = {
    kind: 'https',
    certificate: { kind: 'secrets', certificate: 'TLS_CERTIFICATE', key: 'TLS_KEY' },
    redirectFrom: 80,
  };

  test('takes over the routes, and plain HTTP leads to it', () => {
    const configuration = configurationOf([route('/', { web: 1 })], stable, { tls, httpsPort: 8443 });
    const [, plain = '', secure = ''] = configuration.split(/^server \{$/m);
    expect(block(plain, 'location /')).toEqual(['return 308 https://$host:8443$request_uri;']);
    expect(plain).toContain('    listen 8080;\n');
    expect(plain).toContain('location = /-/healthy');
    expect(secure.split('\n').slice(1, 5)).toEqual([
      '    listen 8443 ssl;',
      '    ssl_certificate /run/secrets/proxy/tls.crt;',
      '    ssl_certificate_key /run/secrets/proxy/tls.key;',
      '    ssl_protocols TLSv1.2 TLSv1.3;',
    ]);
    expect(secure).toContain('proxy_pass http://web-8000;');
  });

  test('needs no port in a URL where it is the usual one', () => {
    const configuration = configurationOf([route('/', { web: 1 })], stable, { tls });
    expect(configuration).toContain('return 308 https://$host$request_uri;');
  });

  test('is needed for the cookies of visitors that stay', () => {
    const sticky = { kind: 'cookie', name: 'visitor' } as const;
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable, {
      tls,
      replicas: () => ['api-0', 'api-1'],
    });
    expect(configuration).toContain('Path=/; HttpOnly; SameSite=Lax; Secure";');
  });
});
