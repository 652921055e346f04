import { Backend, ReverseProxy, Route } from 'catamaran';
import { issuesOfApp, type Build } from '../../../support/application';

describe('a route', () => {
  const routing =
    (...routes: ((api: Backend) => Route)[]): Build =>
    (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new ReverseProxy(app, 'proxy', { routes: routes.map((route) => route(api)) });
    };

  test('has a path without special characters of nginx', () => {
    expect(issuesOfApp(routing((api) => Route.path('api; return 200', api)))).toEqual([
      'shop/proxy: routes path is "api; return 200": write a path that starts with / and has only letters, ' +
        'digits and - . _ ~ /',
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
