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
    routing(to('/', ['Shop.example', '10.0.0.1', '*.example', 'shop.example:80'])),
    [
      'shop/proxy: routes hosts is "Shop.example": write shop.example, in lower case',
      'shop/proxy: routes hosts is "10.0.0.1": write a host name instead of an address, such as www.example.com',
      'shop/proxy: routes hosts is "*.example": write each host by its own name, because a host has no wildcards',
      'shop/proxy: routes hosts is "shop.example:80": write the host without the port: shop.example',
    ],
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
