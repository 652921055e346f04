import { Backend, ReverseProxy, Route } from 'catamaran';
import { issuesOfApp, type Build } from '../../../support/application';

describe('a route', () => {
  const routing =
    (...routes: ((api: Backend) => Route)[]): Build =>
    (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new ReverseProxy(app, 'proxy', { routes: routes.map((route) => route(api)) });
    };

  const below = 'because a path has no wildcards: it matches everything below it';
  test.each([
    ['/api/*', `/api, ${below}`],
    ['/*', `/, ${below}`],
    ['/users/:id/notes', `/users, ${below}`],
    ['/users/{id}', `/users, ${below}`],
    ['^/api', 'a path that starts with /'],
    ['/api(/|$)(.*)', `/, ${below}`],
    ['/api?page=1', '/api, because a route has no query and no fragment'],
    ['api', '/api, which starts with /'],
    ['', '/ for all requests, or a path such as /api'],
    ['https://example.com/api', 'the path alone, without scheme and host: /api'],
    ['/my api', 'a path without " ": only letters, digits and - . _ ~ / are allowed'],
    ['/api; return 200', 'a path without ";": only letters, digits and - . _ ~ / are allowed'],
  ])('has a plain path, not %p', (path, write) => {
    expect(issuesOfApp(routing((api) => Route.path(path, api)))).toEqual([
      `shop/proxy: routes path is ${JSON.stringify(path)}: write ${write}`,
    ]);
  });

  test.each([
    ['/new/*', `/new, ${below}`],
    ['new', 'a path such as /new, or a URL of scheme, host and path such as https://www.example.com/new'],
  ])('redirects to a plain path or a URL, not %p', (to, write) => {
    expect(issuesOfApp(routing(() => Route.redirect('/old', to)))).toEqual([
      `shop/proxy: routes /old redirect is ${JSON.stringify(to)}: write ${write}`,
    ]);
  });

  test.each([
    ['https://shop.example/a', 'the host alone, without scheme and path: shop.example'],
    ['shop.example/a', 'the host alone, without the path: shop.example'],
    ['shop.example:80', 'the host without the port: shop.example'],
    ['shop_1.example', 'a host name without "_": only letters, digits, - and . are allowed'],
    ['shop.example.', 'shop.example, without the dot at the end'],
    [
      '-shop.example',
      'a host name whose parts start and end with a letter or a digit, such as www.example.com',
    ],
  ])('has plain hosts, not %p', (host, write) => {
    expect(issuesOfApp(routing((api) => Route.path('/', api, { hosts: [host] })))).toEqual([
      `shop/proxy: routes hosts is ${JSON.stringify(host)}: write ${write}`,
    ]);
  });

  test('has a path of its own', () => {
    const route = (api: Backend) => Route.path('/', api);
    expect(issuesOfApp(routing(route, route))).toEqual([
      'shop/proxy: routes path is "/": write each path once, because the first route gets all requests',
    ]);
  });

  test('leads to at least one component, each with a weight', () => {
    const issues = issuesOfApp(
      routing(
        () => Route.path('/none', []),
        (api) => Route.path('/light', [{ component: api, weight: 0 }]),
      ),
    );
    expect(issues).toEqual([
      'shop/proxy: routes /none is []: write at least one component',
      'shop/proxy: routes /light weight is 0: write a whole number from 1 to 1000',
    ]);
  });
});
