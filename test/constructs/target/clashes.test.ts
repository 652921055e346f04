import { Backend, kubernetes, ReverseProxy, Route, type Application } from 'catamaran';
import { issuesOfApp, planOfApp } from '../../support/application';

const place = kubernetes({ namespace: 'shop' });

/** A proxy whose visitors stay at one of two replicas of a backend, and another backend. */
const sticky = (other: string) => (app: Application) => {
  const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2 });
  new Backend(app, other, { image: 'api:1.0', port: 8000 });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, { sticky: { cookie: 'visitor' } })] });
};

test('a component cannot have the name of the Service that names the replicas of another', () => {
  expect(issuesOfApp(sticky('api-pods'), place)).toEqual([
    'shop/api-pods: name is "api-pods": write another name, because api has a Service api-pods as well',
  ]);
});

test('a component can have that name if no route is sticky', () => {
  const build = (app: Application) => new Backend(app, 'api-pods', { image: 'api:1.0', port: 8000 });
  expect(() => planOfApp(build, place)).not.toThrow();
});
