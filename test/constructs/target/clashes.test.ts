import { Backend, kubernetes, ReverseProxy, Route, type Application } from 'catamaran';
import { issuesOfApp, planOfApp } from '../../support/application';

const place = kubernetes({ namespace: 'shop' });

/** A proxy whose visitors stay at one of two replicas of a backend, and another backend. */
const sticky = (other: string) => (app: Application) => {
  const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2 });
  new Backend(app, other, { image: 'api:1.0', port: 8000 });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { sticky: { cookie: 'visitor' } })] });
};

test('a component cannot have the name of a replica that visitors stay at', () => {
  expect(issuesOfApp(sticky('api-1'), place)).toEqual([
    'shop/api-1: name: got "api-1"; write another name: Service api-1 is one of api and of api-1',
  ]);
});

test('it can have that of a replica that there is not', () => {
  expect(() => planOfApp(sticky('api-2'), place)).not.toThrow();
});
