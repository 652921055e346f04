import fc from 'fast-check';
import { Duration, Size } from 'catamaran';
import type { NginxProxy } from '../../../../constructs/target/nginx/proxy';
import { configurationOf, route, stable, dynamic, block, redirect } from '../../../support/nginx';

test('one route gives exactly this configuration', () => {
  expect(configurationOf([route('/', { api: 1 })], stable)).toBe(`upstream api-8000 {
${'    server api:8000 max_fails=0;\n'.repeat(10)}}
map "$host $http_host $sent_0" $moved_0 {
    "~*^(?<host_0>\\S*) (?<asked_0>\\S*) (?:https?://(?:api:8000|\\k<host_0>:8000)|http://(?:\\k<host_0>|\\k<asked_0>))/(?<rest_0>.*)$" /$rest_0;
    default $sent_0;
}
server {
    listen 8080;
    include /tmp/machine/ipv6-8080*.conf;
    server_tokens off;
    absolute_redirect off;
    large_client_header_buffers 4 64k;
    proxy_buffer_size 64k;
    proxy_buffers 4 64k;
    proxy_request_buffering off;
    proxy_buffering off;
    proxy_max_temp_file_size 0;
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
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Port "";
        proxy_set_header Forwarded "";
        proxy_redirect ~^(?<sent_0>.*)$ $moved_0;
        proxy_next_upstream error timeout;
        proxy_connect_timeout 2s;
        proxy_next_upstream_timeout 10s;
        proxy_read_timeout 60s;
        proxy_send_timeout 60s;
        client_max_body_size 1m;
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
    const [, server = '', ...others] = configuration.split(/^server \{$/m);
    expect(others).toEqual([]);
    expect(server.split('\n').slice(1, 8)).toEqual([
      '    listen 8080;',
      '    include /tmp/machine/ipv6-8080*.conf;',
      '    listen 8443 ssl;',
      '    include /tmp/machine/ipv6-8443*.conf;',
      '    ssl_certificate /run/secrets/proxy/tls.crt;',
      '    ssl_certificate_key /run/secrets/proxy/tls.key;',
      '    ssl_protocols TLSv1.2 TLSv1.3;',
    ]);
    expect(block(server, 'if ($to_https)')).toEqual(['return 308 https://$https_host$request_uri;']);
    expect(block(configuration, 'map "$scheme $uri" $to_https')).toEqual([
      '"http /-/healthy" 0;',
      '"~^http /\\.well-known/acme-challenge/" 0;',
      '"~^http " 1;',
      'default 0;',
    ]);
    expect(block(configuration, 'map $host $https_host')).toEqual(['default $host:8443;']);
    expect(server).toContain('proxy_pass http://web-8000;');
  });

  test('is redirected to without a port if the port is 443', () => {
    const configuration = configurationOf([route('/', { web: 1 })], stable, { tls });
    expect(block(configuration, 'map $host $https_host')).toEqual(['default $host;']);
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

test('a proxy that is trusted says who the visitor is', () => {
  const options = { trustedProxies: ['10.0.0.0/8', '2001:db8::1'] };
  const configuration = configurationOf([route('/', { web: 1 })], stable, options);
  expect(block(configuration, 'geo $realip_remote_addr $trusted')).toEqual([
    'default 0;',
    '10.0.0.0/8 1;',
    '2001:db8::1 1;',
  ]);
  for (const line of [
    '    set_real_ip_from 10.0.0.0/8;',
    '    set_real_ip_from 2001:db8::1;',
    '    real_ip_header X-Forwarded-For;',
    '    real_ip_recursive on;',
    '        proxy_set_header X-Real-IP $remote_addr;',
    '        proxy_set_header X-Forwarded-For $visitor_addresses;',
    '        proxy_set_header X-Forwarded-Proto $visitor_scheme;',
    '        proxy_set_header X-Forwarded-Host $visitor_host;',
    '        proxy_set_header X-Forwarded-Port $visitor_port;',
  ])
    expect(configuration.split('\n')).toContain(line);
  expect(configuration).not.toContain('$to_https');
  expect(configurationOf([route('/', { web: 1 })], stable)).not.toMatch(/trusted|real_ip|visitor/);
});

test('names of hosts that are too long for the table of nginx get a larger one', () => {
  const named = (host: string) => configurationOf([route('/', { web: 1 }, { hosts: [host] })], stable);
  expect(named(`${'a'.repeat(60)}.example`).split('\n')[0]).toBe('server_names_hash_bucket_size 512;');
  expect(named('www.example')).not.toContain('hash');
});
