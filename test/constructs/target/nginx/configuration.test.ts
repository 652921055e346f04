import fc from 'fast-check';
import { Duration, Size } from 'catamaran';
import type { NginxProxy } from '../../../../constructs/target/nginx/proxy';
import { configurationOf, route, stable, dynamic, block, redirect } from '../../../support/nginx';

test('one route gives exactly this configuration', () => {
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

test('nginx answers its health check itself, whatever its routes are', () => {
  for (const resolution of [stable, dynamic])
    expect(block(configurationOf([], resolution), 'location = /-/healthy')).toEqual([
      'access_log off;',
      'return 200;',
    ]);
});

test('any routes give a configuration with closed braces and complete directives', () => {
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

describe('TLS', () => {
  const tls: NginxProxy['tls'] = {
    kind: 'https',
    certificate: { kind: 'secrets', certificate: 'TLS_CERTIFICATE', key: 'TLS_KEY' },
    redirectFrom: 80,
  };

  test('serves the routes, and plain HTTP redirects to it', () => {
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

  test('is redirected to without a port if the port is 443', () => {
    const configuration = configurationOf([route('/', { web: 1 })], stable, { tls });
    expect(configuration).toContain('return 308 https://$host$request_uri;');
  });

  test('makes the cookies of sticky visitors secure', () => {
    const sticky = { kind: 'cookie', name: 'visitor' } as const;
    const configuration = configurationOf([route('/', { api: 1 }, { sticky })], stable, {
      tls,
      replicas: () => ['api-0', 'api-1'],
    });
    expect(configuration).toContain('Path=/; HttpOnly; SameSite=Lax; Secure";');
  });
});
