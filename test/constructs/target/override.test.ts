import {
  Backend,
  Cache,
  docker,
  existingSecret,
  ExternalApi,
  kubernetes,
  ReverseProxy,
  Route,
  Secret,
  Size,
  type Override,
} from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';
import { issuesOfApp, onDocker, planOfApp, type Build } from '../../support/application';
import { objectOf } from '../../support/written';

const shop: Build = (app) => {
  const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
  new Cache(app, 'cache');
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], publish: 8080 });
};

const secrets = existingSecret('shop');

/** The issues of an override of one component in a cluster. */
function issues(component: string, ...overrides: Override<'kubernetes'>[]): string[] {
  const components = { [component]: { overrides } };
  return issuesOfApp(shop, kubernetes({ namespace: 'shop', secrets, components }));
}

/** An override as a stack may hold it that nobody checked the types of. */
function unchecked(change: (object: never) => unknown, fields: Partial<Override<'kubernetes'>> = {}) {
  const one = {
    target: 'kubernetes',
    object: 'Deployment',
    name: undefined,
    reason: 'a test',
    change,
    ...fields,
  };
  return one as unknown as Override<'kubernetes'>;
}

const same = { reason: 'a test', change: <Rendered>(object: Rendered) => object };
const path = 'shop (dev): components.api.overrides';

test('overrides apply one after the other, and each is noted with its object and its reason', () => {
  const replicas = (count: (before: number) => number, reason: string) =>
    kubernetesObject('Deployment', {
      reason,
      change: ({ spec, ...rest }) => ({ ...rest, spec: { ...spec, replicas: count(spec.replicas ?? 0) } }),
    });
  const planned = planOfApp(
    shop,
    kubernetes({
      namespace: 'shop',
      secrets,
      components: {
        api: {
          overrides: [replicas((count) => count + 4, 'four more'), replicas((count) => count * 2, 'twice')],
        },
        cache: { overrides: [kubernetesObject('Service', { ...same, name: 'cache' })] },
      },
    }),
  );
  expect(objectOf(planned, 'Deployment', 'api').spec?.replicas).toBe(10);
  expect(planned.notes.filter(({ field }) => field === 'override')).toEqual([
    { field: 'override', workloads: ['api'], note: 'Deployment api: four more' },
    { field: 'override', workloads: ['api'], note: 'Deployment api: twice' },
    { field: 'override', workloads: ['cache'], note: 'Service cache: a test' },
  ]);
});

test('an override of an object that is not there names those that are', () => {
  expect(issues('api', kubernetesObject('StatefulSet', same))).toEqual([
    `${path}: the override of StatefulSet matches no object: write one of ServiceAccount api, PodDisruptionBudget api, Service api, NetworkPolicy api, Deployment api`,
  ]);
  expect(issues('api', kubernetesObject('Service', { ...same, name: 'public' }))).toEqual([
    `${path}: the override of Service public matches no object: write one of ServiceAccount api, PodDisruptionBudget api, Service api, NetworkPolicy api, Deployment api`,
  ]);
});

test('where there are several objects of a kind, an override names one', () => {
  expect(issues('proxy', kubernetesObject('Service', same))).toEqual([
    'shop (dev): components.proxy.overrides: the override of Service matches 2 objects: write name: with ' +
      'one of proxy, proxy-public',
  ]);
});

test('an override of a component that the environment does not run is an issue', () => {
  const managed = { host: 'redis.example.com' };
  const overrides = [kubernetesObject('StatefulSet', same)];
  const components = { cache: { managed, overrides } };
  expect(issuesOfApp(shop, kubernetes({ namespace: 'shop', secrets, components }))).toEqual([
    'shop (dev): components.cache.overrides: the override of StatefulSet has nothing to change, because ' +
      'the component has no objects here: remove it',
  ]);
});

test('an override for another target is an issue, even without a compiler', () => {
  expect(
    issues('api', unchecked(same.change, { target: 'docker' as 'kubernetes', object: 'Container' })),
  ).toEqual([
    `${path}: the override of Container is for docker, and the environment is on kubernetes: remove it`,
  ]);
  // @ts-expect-error an environment takes the overrides of its own target
  docker({ components: { api: { overrides: [kubernetesObject('Deployment', same)] } } });
});

test('an override without a reason is an issue', () => {
  expect(issues('api', kubernetesObject('Deployment', { ...same, reason: ' ' }))).toEqual([
    `${path}: the override of Deployment has no reason: write why it is needed`,
  ]);
});

interface Loose {
  readonly metadata: object;
  readonly spec: object;
}
const spec = (part: object) => (object: Loose) => ({ ...object, spec: { ...object.spec, ...part } });
const circle: Record<string, unknown> = {};
circle['self'] = circle;
const data = 'write only strings, finite numbers, booleans, lists and objects';

test.each<[string, (object: never) => unknown, string, string]>([
  ['nothing', () => undefined, 'returns undefined', data],
  ['null', () => null, 'returns null', data],
  ['a text', () => 'kind: Deployment', 'returns a string', data],
  ['a list', (object) => [object], 'returns a list', data],
  ['undefined within', spec({ replicas: undefined }), 'returns undefined in spec.replicas', data],
  [
    'what is no number',
    spec({ replicas: NaN }),
    'returns a value that is not a number in spec.replicas',
    data,
  ],
  ['a function', spec({ list: [{ one: () => 1 }] }), 'returns a function in spec.list.0.one', data],
  ['an amount', spec({ memory: Size.mebibytes(1) }), 'returns a size of 1048576 bytes in spec.memory', data],
  ['a secret', spec({ token: Secret.named('TOKEN') }), 'returns the secret TOKEN in spec.token', data],
  ['a date', spec({ at: new Date(0) }), 'returns a Date in spec.at', data],
  ['a circle', spec({ circle }), 'returns something that refers to itself in spec.circle.self', data],
  [
    'another name',
    (object: Loose) => ({ ...object, metadata: { ...object.metadata, name: 'other' } }),
    'changes metadata.name to other',
    'keep api',
  ],
  [
    'no namespace',
    (object: Loose) => ({ ...object, metadata: { name: 'api' } }),
    'changes metadata.namespace to undefined',
    'keep shop',
  ],
  [
    'another kind',
    (object: Loose) => ({ ...object, kind: 'DaemonSet' }),
    'changes kind to DaemonSet',
    'keep Deployment',
  ],
  [
    'something that throws',
    () => {
      throw new Error('no pool');
    },
    'throws "no pool"',
    'write a function that returns a new object',
  ],
  [
    'a change of the given object',
    (object: { spec: { replicas: number } }) => {
      object.spec.replicas = 2;
      return object;
    },
    'changes the object that it is given, or reads a field that the object does not have',
    'write a function that returns a new object; NODE_DEBUG=catamaran shows the line',
  ],
])('an override that makes %s is an issue', (_, change, problem, write) => {
  expect(issues('api', unchecked(change))).toEqual([
    `${path}: the override of Deployment ${problem}: ${write}`,
  ]);
});

test('an override that makes something else each time is an issue', () => {
  let count = 0;
  const counting = (object: Loose) => spec({ replicas: ++count })(object);
  expect(issues('api', unchecked(counting))).toEqual([
    `${path}: the override of Deployment returns a different result each time: write a function that always returns the same result`,
  ]);
});

test('all issues of overrides are told at once, together with what the target refuses', () => {
  const overrides = [dockerContainer({ ...same, name: 'api-2' }), dockerContainer({ ...same, reason: '' })];
  const place = { ...onDocker, components: { api: { autoscale: { max: 3 }, overrides } } };
  expect(issuesOfApp(shop, place)).toEqual([
    expect.stringContaining('shop/api: Docker refuses autoscaling: '),
    `${path}: the override of Container api-2 matches no object: write one of Container api`,
    `${path}: the override of Container has no reason: write why it is needed`,
  ]);
});

test('later changes to the object of an override have no effect', () => {
  const labels = { tier: 'gold' };
  const overrides = [
    kubernetesObject('Deployment', {
      reason: 'a test',
      change: ({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, labels } }),
    }),
  ];
  const planned = planOfApp(
    shop,
    kubernetes({ namespace: 'shop', secrets, components: { api: { overrides } } }),
  );
  labels.tier = 'tin';
  expect(objectOf(planned, 'Deployment', 'api').metadata.labels).toEqual({ tier: 'gold' });
});

test('a component without an object on a target takes no overrides', () => {
  const components = { openai: { overrides: [kubernetesObject('Service', same)] } };
  const found = issuesOfApp(
    (app) => {
      shop(app);
      new ExternalApi(app, 'openai', { url: 'https://api.openai.com' });
    },
    kubernetes({ namespace: 'shop', secrets, components }),
  );
  expect(found).toEqual([
    expect.stringMatching(
      /^shop \(dev\): components\.openai\.overrides is not a setting of openai: remove it$/,
    ),
  ]);
});

test('a reason of several lines is one line of the report', () => {
  const change = dockerContainer({
    reason: 'a fix\n\n  for the night\r\n',
    change: (container) => ({ ...container, pids: 7 }),
  });
  const planned = planOfApp(shop, { ...onDocker, components: { api: { overrides: [change] } } });
  expect(planned.notes).toContainEqual({
    field: 'override',
    workloads: ['api'],
    note: 'Container api: a fix for the night',
  });
});
