import { Duration, Size } from 'catamaran';
import { configurationOf, route, dynamic, block, stable, redirect } from '../../../support/nginx';

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
      'proxy_read_timeout 1500ms;',
      'proxy_send_timeout 1500ms;',
      'client_max_body_size 1;',
    ]),
  );
  expect(block(configuration, 'location ~ ^/upload(?:/|$)')).toEqual(
    expect.arrayContaining([
      'set $route_2 api:8000;',
      'proxy_read_timeout 600s;',
      'client_max_body_size 2g;',
    ]),
  );
});

test('a path without a route is answered with 404', () => {
  expect(block(configurationOf([route('/api', { api: 1 })], stable), 'location /')).toEqual(['return 404;']);
});

test('the longest prefix comes first, since nginx takes the first pattern that fits', () => {
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

test('each host has only its own routes, and hosts of the same routes share a server', () => {
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

test('a stripped prefix is not in the path that the component gets', () => {
  const configuration = configurationOf([route('/api/v1', { api: 1 }, { stripPrefix: true })], dynamic);
  expect(block(configuration, 'location ~ ^/api/v1(?:/|$)').slice(0, 3)).toEqual([
    'set $route_0 api:8000;',
    'rewrite ^/api/v1/*(.*)$ /$1 break;',
    'proxy_pass http://$route_0;',
  ]);
});

test('a redirect keeps the rest of the path as it was sent, and never leads to a host that the visitor chose', () => {
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
  expect(block(configuration, 'location ~ ^/old(?:/|$)')).toEqual(['return 301 $location_0;']);
  expect(configuration).toContain('    absolute_redirect off;\n');
});

test('only a route with websocket upgrades requests', () => {
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

test('a route with auth asks for a password, and does not pass it on', () => {
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

test('the * of a host is one label, and comes after the names of the host', () => {
  const configuration = configurationOf(
    [
      route('/', { web: 1 }),
      route('/', { shop: 1 }, { hosts: ['*.shop.example'] }),
      route('/', { one: 1 }, { hosts: ['one.shop.example'] }),
    ],
    stable,
  );
  const names = [...configuration.matchAll(/ {4}server_name (.*);/g)].map(([, name]) => name);
  expect(names).toEqual(['~^[^.]+\\.shop\\.example$', 'one.shop.example']);
});

test('a path that a component redirects to gets the prefix that was removed, unless the component knows it', () => {
  const configuration = configurationOf(
    [route('/api/', { api: 1, next: 3 }, { stripPrefix: true })],
    dynamic,
  );
  const own = '(?:https?://(?:api:8000|\\k<host_0>:8000|next:8000)|http://(?:\\k<host_0>|\\k<asked_0>))';
  expect(block(configuration, 'map "$host $http_host $sent_0" $moved_0')).toEqual([
    `"~*^(?<host_0>\\S*) (?<asked_0>\\S*) ${own}?(?<kept_0>/api(?:[/?#].*)?)$" $kept_0;`,
    `"~*^(?<host_0>\\S*) (?<asked_0>\\S*) ${own}?/(?<rest_0>.*)$" /api/$rest_0;`,
    'default $sent_0;',
  ]);
});
