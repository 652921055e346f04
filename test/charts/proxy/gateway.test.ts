import { Backend, Duration, gateway, ReverseProxy, Route, tlsSecret } from 'catamaran';
import { planOfApp, type Build } from '../../support/application';
import { objectsOf } from '../../support/written';
import { controller, existing, https, on } from './shop';

test('an HTTPRoute of an existing Gateway strips prefixes, redirects, and splits by weight', () => {
  const build: Build = (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    const next = new Backend(app, 'next', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', {
      routes: [
        Route.path('/v1/', [{ component: api, weight: 9 }, { component: next }], {
          stripPrefix: true,
          timeout: Duration.seconds(5),
        }),
        Route.redirect('/docs', 'https://docs.example:8443/v2', { status: 301 }),
      ],
    });
  };
  const [route, ...others] = objectsOf(planOfApp(build, on(existing)), 'HTTPRoute');
  expect(others).toEqual([]);
  expect(route?.spec).toEqual({
    parentRefs: [{ name: 'shared', namespace: 'infra' }],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/v1' } }],
        filters: [
          {
            type: 'URLRewrite',
            urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } },
          },
        ],
        backendRefs: [
          { name: 'api', port: 8000, weight: 9 },
          { name: 'next', port: 8000, weight: 1 },
        ],
        timeouts: { request: '5s' },
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/docs' } }],
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: {
              scheme: 'https',
              hostname: 'docs.example',
              port: 8443,
              path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' },
              statusCode: 301,
            },
          },
        ],
      },
    ],
  });
});

test('a wildcard has a listener and an HTTPRoute of its own', () => {
  const build: Build = (app) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { hosts: ['*.Shop.example'] })] });
  };
  const own = gateway({ className: 'envoy', controller });
  const planned = planOfApp(build, on(own, https(tlsSecret('shop-tls'))));
  const [made] = objectsOf(planned, 'Gateway');
  expect(made?.spec?.listeners.map(({ name, hostname }) => [name, hostname])).toEqual([
    ['http', undefined],
    ['https-1', '*.shop.example'],
  ]);
  const route = objectsOf(planned, 'HTTPRoute').find(({ spec }) => spec?.hostnames !== undefined);
  expect(route?.spec).toMatchObject({
    hostnames: ['*.shop.example'],
    parentRefs: [{ name: 'proxy', sectionName: 'https-1' }],
  });
});
