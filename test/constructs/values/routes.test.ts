import { Backend, ReverseProxy, Route, Secret, Duration } from 'catamaran';
import { issuesOfApp, planOfApp, type Build } from '../../support/application';

function routing(...routes: ((api: Backend) => Route)[]): Build {
  return (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', { routes: routes.map((route) => route(api)) });
  };
}

const to =
  (path: string, hosts: readonly string[] = []) =>
  (api: Backend) =>
    Route.path(path, api, { hosts });

test.each<[string, Build, readonly string[]]>([
  [
    'hosts are names',
    routing(
      to('/', ['10.0.0.1', 'shop_.example', '*']),
      to('/', ['Shop.example:80', 'shop.example.', 'https://shop.example/x', 'bücher.example']),
      to('/', ['a.*.example', 'a*.example', '*.10.0.0.1']),
    ),
    [
      ['10.0.0.1', 'a host name instead of an address, such as www.example.com'],
      ['shop_.example', 'a host name without "_": only letters, digits, - and . are allowed'],
      ['*', 'no hosts, for any host'],
      ['shop.example:80', 'the host without the port: shop.example'],
      ['shop.example.', 'shop.example, without the dot at the end'],
      ['https://shop.example/x', 'the host alone, without scheme and path: shop.example'],
      ['bücher.example', 'xn--bcher-kva.example, because a host is written in ASCII letters'],
      ['a.*.example', 'a * only as the whole first part, such as *.example.com'],
      ['a*.example', 'a * only as the whole first part, such as *.example.com'],
      ['*.10.0.0.1', 'a host name instead of an address, such as www.example.com'],
    ].map(([host = '', write = '']) => `shop/proxy: routes hosts is "${host}": write ${write}`),
  ],
  [
    'a path that only differs in a / at its end is the same',
    routing(to('/api'), to('/api/')),
    ['shop/proxy: routes path is "/api/": write each path once, because the first route gets all requests'],
  ],
  [
    'a path is taken once for each host',
    routing(to('/', ['a.example', 'b.example']), to('/', ['b.example']), to('/')),
    [
      'shop/proxy: routes path is "/": write each path once for the host b.example, because the first ' +
        'route gets all requests',
    ],
  ],
  [
    'the proxy answers for its own health',
    routing(to('/-/healthy/')),
    [
      'shop/proxy: routes path is "/-/healthy/": write another path, because the proxy answers its own ' +
        'health check on this one',
    ],
  ],
  [
    'a component has one share of a route',
    routing((api) => Route.path('/', [{ component: api }, { component: api, weight: 2 }])),
    ['shop/proxy: routes / is "api": write each component once'],
  ],
  [
    'names and times that nginx could not read',
    routing((api) =>
      Route.path('/', api, {
        timeout: Duration.seconds(0),
        sticky: { cookie: 'a-b;' },
        auth: { user: 'o p:s', password: Secret.named('PASSWORD') },
      }),
    ),
    [
      'shop/proxy: routes / timeout is 0 seconds: write 1 to 86400 seconds',
      'shop/proxy: routes / sticky.cookie is "a-b;": write a name of letters, digits and _',
      'shop/proxy: routes / auth.user is "o p:s": write a name of letters, digits and - . _ @ +',
    ],
  ],
  [
    'a redirect leads to a path or a plain URL',
    routing(
      () => Route.redirect('/a', 'new'),
      () => Route.redirect('/b', 'mailto:x@example.com'),
      () => Route.redirect('/c', 'https://example.com/?a=1'),
      () => Route.redirect('/d', 'https://user@example.com/'),
    ),
    [
      ['/a', 'new'],
      ['/b', 'mailto:x@example.com'],
      ['/c', 'https://example.com/?a=1'],
      ['/d', 'https://user@example.com/'],
    ].map(
      ([path, got]) =>
        `shop/proxy: routes ${path ?? ''} redirect is "${got ?? ''}": write a path such as /new, or a URL of scheme, host and path such as https://www.example.com/new`,
    ),
  ],
  [
    'redirects that lead to each other',
    routing(
      () => Route.redirect('/a', '/b/x'),
      () => Route.redirect('/b', '/a'),
    ),
    [
      'shop/proxy: routes /a redirect is "/a -> /b": write redirects that end at a component',
      'shop/proxy: routes /b redirect is "/b -> /a": write redirects that end at a component',
    ],
  ],
  [
    'a redirect that leads below itself',
    routing(() => Route.redirect('/a', '/a/b')),
    ['shop/proxy: routes /a redirect is "/a": write redirects that end at a component'],
  ],
  [
    'a redirect to the host that it is for',
    routing(() => Route.redirect('/', 'https://a.example', { hosts: ['a.example'] })),
    ['shop/proxy: routes / redirect is "/": write redirects that end at a component'],
  ],
])('%s', (_, build, issues) => {
  expect(issuesOfApp(build).filter((issue) => !issue.includes('Docker refuses'))).toEqual(issues);
});

test('routes that are all reached, and redirects that end, are taken', () => {
  const build = routing(
    to('/'),
    to('/api'),
    to('/', ['a.example']),
    () => Route.redirect('/old', '/api'),
    () => Route.redirect('/older', '/old'),
    () => Route.redirect('/', 'https://www.a.example', { hosts: ['b.example'] }),
    () => Route.redirect('/', 'https://a.example/', { hosts: ['c.example'] }),
  );
  expect(planOfApp(build).model.workloads).toHaveLength(2);
});

test('names of hosts are in lower case, each once', () => {
  const { model } = planOfApp(routing(to('/', ['Shop.EXAMPLE', 'shop.example', '*.Shop.example'])));
  const hosts = model.workloads.flatMap(({ routes }) => routes.flatMap((route) => route.hosts));
  expect(hosts).toEqual(['shop.example', '*.shop.example']);
});

test('a redirect to a host that a wildcard is for stays in the application', () => {
  const build = routing(() => Route.redirect('/', 'https://a.shop.example/x', { hosts: ['*.shop.example'] }));
  expect(issuesOfApp(build)).toEqual([
    'shop/proxy: routes / redirect is "/": write redirects that end at a component',
  ]);
});

test('a proxy has at least one route', () => {
  expect(issuesOfApp(routing())).toEqual(["shop/proxy: routes is []: write [Route.path('/', backend)]"]);
});

test.each([
  ['www.example', `hosts is "www.example": write ['www.example']`],
  [[1], "hosts[0] is 1: write '1'"],
])('hosts are a list of texts, and not %j', (got, write) => {
  // Without a type check, anything can come.
  const hosts = got as unknown as readonly string[];
  expect(issuesOfApp(routing(to('/', hosts)))).toEqual([`Route.path: ${write}`]);
  expect(issuesOfApp(routing(() => Route.redirect('/', '/new', { hosts })))).toEqual([
    `Route.redirect: ${write}`,
  ]);
});
