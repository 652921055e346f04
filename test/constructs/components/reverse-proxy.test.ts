import { Backend, hostPort, ReverseProxy, Route } from 'catamaran';
import { workloadOfApp } from '../../support/application';

test('a reverse proxy waits for the components of its routes, and its own readiness does not depend on them', () => {
  const proxy = workloadOfApp('proxy', (app) => {
    const one = new Backend(app, 'one', { image: 'api:1.0', port: 8000 });
    const two = new Backend(app, 'two', { image: 'api:1.0', port: 9000 });
    new ReverseProxy(app, 'proxy', {
      routes: [Route.path('/', one), Route.path('/two', [{ component: two, weight: 3 }, { component: one }])],
    });
  });
  expect(proxy.after).toEqual([
    { workload: 'one', until: 'ready' },
    { workload: 'two', until: 'ready' },
  ]);
  expect(proxy.connections).toEqual([
    { kind: 'workload', workload: 'one', port: 8000, protocol: 'tcp' },
    { kind: 'workload', workload: 'two', port: 9000, protocol: 'tcp' },
  ]);
  expect(
    proxy.routes.map(({ path, answer }) => [
      path,
      answer.kind === 'forward' && answer.targets.map(({ workload, weight }) => [workload, weight]),
    ]),
  ).toEqual([
    ['/', [['one', 1]]],
    [
      '/two',
      [
        ['two', 3],
        ['one', 1],
      ],
    ],
  ]);
  expect(proxy.readiness).toMatchObject({ check: { kind: 'http', path: '/-/healthy' } });
  expect(proxy.ports[0]?.exposure).toEqual(hostPort(80));
});
