import { argoCd, Backend, flux, ReverseProxy, Route, Size } from 'catamaran';
import { compareUpdates } from '../../../charts/updates/compare';
import { immutable } from '../../../charts/updates/immutable';
import { onKubernetes, withProps } from '../../support/application';
import { sticky } from '../proxy/shop';
import { database, filesOf, updates } from './support';

const one: ReturnType<typeof database> = database();
const two = database({ storage: Size.gibibytes(2) });
const growing =
  'Volume data grows from 1Gi to 2Gi. A cluster refuses every such change of a StatefulSet. With these steps, its pods keep running.';
const grow = [
  '# The StorageClass must have allowVolumeExpansion: kubectl get storageclass',
  `kubectl --namespace shop patch persistentvolumeclaim data-database-0 --patch '{"spec":{"resources":{"requests":{"storage":"2Gi"}}}}'`,
];
const orphan = 'kubectl --namespace shop delete statefulset database --cascade=orphan';
const apply = 'kubectl apply --filename dist/shop/live';
const backup = 'back its data up now, for example with catamaran backup';

test('a claim that grows: the claim first, then the StatefulSet without its pods', () => {
  expect(updates({ build: one }, { build: two })).toEqual([
    { object: 'StatefulSet database', effect: 'refused', reason: growing, steps: [...grow, orphan, apply] },
  ]);
});

test.each([
  [
    'Argo CD',
    argoCd({ repository: 'https://git.example.com/gitops.git' }),
    'argocd app sync shop-dev --app-namespace argocd',
  ],
  [
    'Flux',
    flux({ sourceRef: { name: 'gitops' } }),
    'flux reconcile kustomization shop-dev-database --namespace flux-system --with-source',
  ],
])(
  'with %s, the commit comes before the deletion, and the controller makes the object again',
  (title, gitops, sync) => {
    const place = { ...onKubernetes, gitops };
    const push = `# Push the commit, and wait until ${title} reports that the cluster refuses StatefulSet database.`;
    expect(updates({ build: one, place }, { build: two, place })).toEqual([
      {
        object: 'StatefulSet database',
        effect: 'refused',
        reason: growing,
        steps: [...grow, push, orphan, sync],
      },
    ]);
  },
);

test('a claim that shrinks must be made again, so its data is told first', () => {
  expect(updates({ build: two }, { build: one })).toEqual([
    {
      object: 'StatefulSet database',
      effect: 'leaves-data',
      reason:
        'Volume data shrinks from 2Gi to 1Gi, and a claim cannot shrink. A cluster refuses every such change of a StatefulSet.',
      steps: [
        `# Write the old value for volume data. Or ${backup}: the next steps delete its data.`,
        orphan,
        'kubectl --namespace shop delete pod database-0',
        'kubectl --namespace shop delete persistentvolumeclaim data-database-0',
        apply,
        '# Restore the backup, if the data is needed.',
      ],
    },
  ]);
});

test('another storage class', () => {
  const fast = { ...onKubernetes, storageClass: 'fast' };
  const [update] = updates({ build: one }, { build: one, place: fast });
  expect(update?.effect).toBe('leaves-data');
  expect(update?.reason).toBe(
    'The field spec.storageClassName of volume data changes from nothing to "fast", and a claim cannot change it. ' +
      'A cluster refuses every such change of a StatefulSet.',
  );
});

test('a volume with another name leaves its data behind', () => {
  const named = (name: string) => withProps({ volumes: { [name]: { path: '/data' } } });
  expect(updates({ build: named('uploads') }, { build: named('media') })).toEqual([
    {
      object: 'StatefulSet api',
      effect: 'leaves-data',
      reason:
        'Volume uploads is gone, and its data stays in uploads-api-0 and volume media is new, and starts empty. ' +
        'A cluster refuses every such change of a StatefulSet. With these steps, its pods keep running.',
      steps: [
        `# Write the old name uploads. Or ${backup}.`,
        'kubectl --namespace shop delete statefulset api --cascade=orphan',
        apply,
        '# Restore the backup, if the data is needed.',
        '# When nobody needs the old data: kubectl --namespace shop delete persistentvolumeclaim uploads-api-0',
      ],
    },
  ]);
});

test('the files of older versions, whose Service names and labels changed, get the steps too', () => {
  const now = filesOf({ build: one });
  const old = {
    ...now,
    'database.yaml': (now['database.yaml'] ?? '')
      .replace('serviceName: database-pods', 'serviceName: database')
      .replace(
        /(name: data\n +labels:\n +app.kubernetes.io\/instance: database\n)( +)/,
        '$1$2    owner: raft\n$2',
      ),
  };
  expect(compareUpdates(old, now, 'dist/shop/live')).toEqual([
    {
      object: 'StatefulSet database',
      effect: 'refused',
      reason:
        'Volume data has other metadata.labels and the field spec.serviceName changes from "database" to "database-pods". ' +
        'A cluster refuses every such change of a StatefulSet. With these steps, its pods restart only at the end.',
      steps: [orphan, apply, 'kubectl --namespace shop delete pod database-0'],
    },
  ]);
});

test('a database that is gone keeps its data in its claim; kubectl apply removes nothing', () => {
  const [data, rest, ...others] = updates({ build: one }, { build: withProps() });
  expect(data).toEqual({
    object: 'StatefulSet database',
    effect: 'leaves-data',
    reason:
      'It is no longer in the files: kubectl apply does not delete it, so it keeps running. Its data stays in data-database-0.',
    steps: [
      '# Back the data up before this update, if it is needed elsewhere, for example with catamaran backup.',
      'kubectl --namespace shop delete statefulset database',
      '# When nobody needs the old data: kubectl --namespace shop delete persistentvolumeclaim data-database-0',
    ],
  });
  expect(rest?.steps).toEqual([
    'kubectl --namespace shop delete serviceaccount/database poddisruptionbudget/database service/database service/database-pods networkpolicy/database',
  ]);
  expect(others).toEqual([]);
});

test('where data is not kept, a controller that prunes deletes it', () => {
  const gitops = argoCd({ repository: 'https://git.example.com/gitops.git' });
  const place = { ...onKubernetes, gitops, data: 'delete' } as const;
  expect(updates({ build: one, place }, { build: withProps(), place })).toEqual([
    {
      object: 'StatefulSet database',
      effect: 'leaves-data',
      reason:
        'It is no longer in the files: Argo CD deletes it. Its data is in data-database-0, and is deleted with it.',
      steps: [
        '# Back the data up before this update, if it is needed elsewhere, for example with catamaran backup.',
      ],
    },
  ]);
});

test('a service that becomes sticky runs twice until the old one is deleted', () => {
  const behind = (options: object) => (app: Parameters<typeof one>[0]) => {
    const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, replicas: 2 });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api, options)] });
  };
  expect(updates({ build: behind({}) }, { build: behind({ sticky }) })).toEqual([
    {
      object: 'Deployment api',
      effect: 'stays-behind',
      reason:
        'Deployment api is no longer in the files, and kubectl apply does not delete it. ' +
        'Until then, the pods of the old and of the new api run side by side.',
      steps: ['kubectl --namespace shop delete deployment/api'],
    },
  ]);
});

test('an environment that leaves its GitOps controller: first the controller must let go', () => {
  const gitops = argoCd({ repository: 'https://git.example.com/gitops.git' });
  expect(updates({ build: one, place: { ...onKubernetes, gitops } }, { build: one })).toEqual([
    {
      object: 'application.argoproj.io shop-dev',
      effect: 'stays-behind',
      reason:
        'It is no longer in the files, and Argo CD does not delete it. Its deletion would delete what it has applied.',
      steps: [
        `kubectl --namespace argocd patch application.argoproj.io shop-dev --type merge --patch '{"metadata":{"finalizers":null}}'`,
        'kubectl --namespace argocd delete application.argoproj.io shop-dev',
      ],
    },
  ]);
});

test('another namespace leaves everything in the old one', () => {
  const place = { ...onKubernetes, namespace: 'store' };
  const found = updates({ build: one }, { build: one, place });
  expect(found.map(({ object, effect }) => [object, effect])).toEqual([
    ['StatefulSet database', 'leaves-data'],
    ['7 objects', 'stays-behind'],
    ['Namespace shop', 'stays-behind'],
  ]);
});

describe('a claim of its own', () => {
  const claim = (size: string, annotation = '') => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:${annotation}
  name: api-data
  namespace: shop
spec:
  resources:
    requests:
      storage: ${size}
`;
  const deployment = (image: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  image: ${image}
`;

  test('grows when its new size is applied', () => {
    expect(compareUpdates({ 'api.yaml': claim('512Mi') }, { 'api.yaml': claim('1Gi') }, 'dist')).toEqual([]);
    expect(compareUpdates({ 'api.yaml': claim('1024Mi') }, { 'api.yaml': claim('1Gi') }, 'dist')).toEqual([]);
    expect(compareUpdates({ 'api.yaml': claim('1G') }, { 'api.yaml': claim('1Gi') }, 'dist')).toEqual([]);
  });

  test('does not shrink, and goes only after the pods that use it', () => {
    const before = { 'api.yaml': claim('1Gi') + deployment('api:1.0') };
    const after = { 'api.yaml': claim('512Mi') + deployment('api:2.0') };
    expect(compareUpdates(before, after, "my team's")).toEqual([
      {
        object: 'PersistentVolumeClaim api-data',
        effect: 'leaves-data',
        reason: 'The claim shrinks from 1Gi to 512Mi, and a claim cannot shrink.',
        steps: [
          '# Write the old value again. Or back the data up now: the next steps delete the claim.',
          'kubectl --namespace shop delete deployment api',
          'kubectl --namespace shop delete persistentvolumeclaim api-data',
          String.raw`kubectl apply --filename 'my team'\''s'`,
          '# Restore the backup, if the data is needed.',
        ],
      },
    ]);
  });

  test.each([
    ['', 'It is no longer in the files: Flux deletes it, and its data with it.', []],
    [
      '\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled',
      'It is no longer in the files. Its data stays in the cluster, and nothing uses it.',
      ['# When nobody needs the old data: kubectl --namespace shop delete persistentvolumeclaim api-data'],
    ],
  ])('that is gone, with the annotation %j', (annotation, reason, steps) => {
    const controller = {
      'flux/application.yaml':
        'metadata:\n  name: shop-live\n  namespace: flux-system\nspec:\n  prune: true\n',
    };
    const before = { 'api.yaml': claim('1Gi', annotation), ...controller };
    const backup =
      '# Back the data up before this update, if it is needed elsewhere, for example with catamaran backup.';
    expect(compareUpdates(before, controller, 'dist')).toEqual([
      { object: 'PersistentVolumeClaim api-data', effect: 'leaves-data', reason, steps: [backup, ...steps] },
    ]);
  });
});

const fields = Object.entries(immutable).flatMap(([kind, all]) =>
  all.flatMap(({ path }): [string, string][] => (path === 'spec.volumeClaimTemplates' ? [] : [[kind, path]])),
);

test.each(fields)('%s %s cannot be changed', (kind, path) => {
  const file = (value: string) => {
    const [first = '', second] = path.split('.');
    const field = second === undefined ? `${first}: ${value}` : `${first}:\n  ${second}: ${value}`;
    const always = kind === 'ConfigMap' && path !== 'immutable' ? 'immutable: true\n' : '';
    return { 'api.yaml': `kind: ${kind}\nmetadata:\n  name: api\n  namespace: shop\n${always}${field}\n` };
  };
  const [old, now] = path === 'immutable' ? ['true', 'false'] : ['one', 'two'];
  const [update, ...others] = compareUpdates(file(old), file(now), 'dist');
  const text = path === 'immutable' ? 'from true to false' : 'from "one" to "two"';
  expect(update?.object).toBe(`${kind} api`);
  expect(update?.reason).toMatch(new RegExp(`^The field ${path}( of the claim)? changes ${text}[,.]`));
  expect(update?.steps).toContain('kubectl apply --filename dist');
  expect(others).toEqual([]);
});

test('files that are not ours are no reason to fail', () => {
  const now = filesOf({ build: one });
  const broken = { 'database.yaml': 'edited: [by hand', 'other.yaml': 'text' };
  expect(compareUpdates(broken, now, 'dist')).toEqual([]);
});
