import { Backend, docker, kubernetes, ReverseProxy, Route, Size, type Application } from 'catamaran';
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

const withVolume = (name: string, volume: string) => (app: Application) =>
  new Backend(app, name, {
    image: 'api:1.0',
    port: 8000,
    volumes: { [volume]: { path: '/data', size: Size.gibibytes(1) } },
  });

const both =
  (one: (app: Application) => unknown, other: (app: Application) => unknown) =>
  (app: Application): void => {
    one(app);
    other(app);
  };

test('two components cannot share a volume by its name', () => {
  const build = both(withVolume('a', 'b-c'), withVolume('a-b', 'c'));
  expect(issuesOfApp(build, docker())).toEqual([
    'shop/a-b: name is "a-b": write another name, because a has a volume a-b-c as well',
  ]);
  // Kubernetes makes b-c-a-0 and c-a-b-0.
  expect(() => planOfApp(build, place)).not.toThrow();
});

test('two components cannot share a volume claim that Kubernetes makes for them', () => {
  const build = both(withVolume('c', 'a-b'), withVolume('b-c', 'a'));
  expect(issuesOfApp(build, place)).toEqual([
    'shop/b-c: name is "b-c": write another name, because c has a PersistentVolumeClaim a-b-c-0 as well',
  ]);
  expect(() => planOfApp(build, docker())).not.toThrow();
});
