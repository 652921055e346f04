import { Backend, loadBalancer, PostgresDatabase, ReverseProxy, Route, Size } from 'catamaran';
import type { Application } from 'catamaran';
import { onKubernetes, type TestApplicationOptions } from '../../support/application';
import { objectOf } from '../../support/written';
import { planOfApp } from '../../support/application';
import { updates, type Version } from './support';

/** What a team changes from day to day. */
interface Daily {
  readonly routed?: boolean;
  readonly sticky?: boolean;
  readonly image?: string;
  readonly wiki?: boolean;
}

const shop =
  ({ routed = false, sticky = false, image = 'board:1.0', wiki = true }: Daily = {}) =>
  (app: Application) => {
    const database = new PostgresDatabase(app, 'database', { storage: Size.gibibytes(1) });
    const board = new Backend(app, 'board', {
      image,
      port: 3000,
      env: { DATABASE_URL: database.url },
      volumes: { data: { path: '/data' } },
    });
    if (wiki)
      new Backend(app, 'wiki', { image: 'wiki:1.0', port: 4000, volumes: { pages: { path: '/pages' } } });
    const routes = [Route.path('/', board, sticky ? { sticky: { cookie: 'visitor' } } : {})];
    if (routed) new ReverseProxy(app, 'proxy', { image: 'nginx:1.27', routes });
  };

const before: Version = { build: shop() };
const otherOwner: TestApplicationOptions = { owner: { team: 'fleet', email: 'fleet@example.com' } };
const { components, ...place } = onKubernetes;

test.each<[string, Version]>([
  ['another owner', { build: shop(), options: otherOwner }],
  ['another version', { build: shop(), options: { version: '2.0' } }],
  ['another image', { build: shop({ image: 'board:2.0' }) }],
  ['a route to a stateful backend', { build: shop({ routed: true }) }],
  ['a sticky route to a stateful backend', { build: shop({ routed: true, sticky: true }) }],
  [
    'a published backend',
    {
      build: shop(),
      place: { ...place, components: { ...components, board: { expose: loadBalancer(80) } } },
    },
  ],
])('a cluster takes an update as it is: %s', (_, after) => {
  expect(updates(before, after)).toEqual([]);
  expect(updates(after, before).filter(({ effect }) => effect !== 'stays-behind')).toEqual([]);
});

test('a component more is no matter', () => {
  expect(updates({ build: shop({ wiki: false }) }, before)).toEqual([]);
});

test('the labels of a volume claim never change: they are those of the selector', () => {
  const { spec } = objectOf(planOfApp(shop(), onKubernetes, otherOwner), 'StatefulSet', 'database');
  const [claim] = spec?.volumeClaimTemplates ?? [];
  expect(claim?.metadata).toEqual({ name: 'data', labels: { 'app.kubernetes.io/instance': 'database' } });
  expect(spec?.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'database' } });
});
