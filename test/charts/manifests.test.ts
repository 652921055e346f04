import { Backend, Cache, Migration, ReverseProxy, Route, Worker, type Application } from 'catamaran';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { onKubernetes, planOfApp, present } from '../support/application';
import { shop } from '../support/shop';
import { kubernetesPlan, objectOf, objectsOf, writtenObjects } from '../support/written';
import { planned, containers } from './planned-shop';

const objects = kubernetesPlan(planned).groups.flatMap((group) => group.objects);

test('a YAML reader finds the objects of the plan in the written files', () => {
  expect(writtenObjects(planned)).toEqual(JSON.parse(JSON.stringify(objects)));
});

test('every object tells its application, component, owner and version', () => {
  for (const { metadata, kind } of objects) {
    expect(metadata.labels).toMatchObject({
      'app.kubernetes.io/part-of': 'shop',
      'app.kubernetes.io/managed-by': 'catamaran',
      'app.kubernetes.io/version': '1.2.3',
      owner: 'raft',
    });
    expect(metadata.annotations).toEqual({ email: 'raft@example.com' });
    expect(metadata.namespace).toBe(kind === 'Namespace' || kind === 'PriorityClass' ? undefined : 'shop');
  }
});

test('no two objects of a kind have one name', () => {
  const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('a changed migration gets a new Job, and an unchanged one keeps its Job', () => {
  const job = (command: string) => {
    const one = planOfApp(
      (app) => new Migration(app, 'migration', { image: 'api:1.0', command: [command], check: ['ok'] }),
      onKubernetes,
    );
    return present(objectsOf(one, 'Job')[0]).metadata.name;
  };
  expect(job('up')).toMatch(/^migration-[0-9a-f]{8}$/);
  expect(job('up')).toBe(job('up'));
  expect(job('up')).not.toBe(job('down'));
});

test('the namespace admits only restricted pods, and denies all connections by default', () => {
  expect(objectOf(planned, 'Namespace', 'shop').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/audit': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
  expect(objectOf(planned, 'NetworkPolicy', 'default.deny').spec).toEqual({
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
  });
});

test('a Job is deleted a day after its end, unless another workload waits for it', () => {
  const job = (waitsFor: readonly Migration[], app: Application) =>
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor });
  const migration = (app: Application) =>
    new Migration(app, 'migration', { image: 'api:1.0', command: ['up'], check: ['ok'] });
  const alone = planOfApp((app) => void job([], (migration(app), app)), onKubernetes);
  expect(objectsOf(alone, 'Job')[0]?.spec?.ttlSecondsAfterFinished).toBe(86_400);
  const awaited = planOfApp((app) => void job([migration(app)], app), onKubernetes);
  expect(objectsOf(awaited, 'Job')[0]?.spec?.ttlSecondsAfterFinished).toBeUndefined();
});

test('every secret key is of the one Secret of the application, and is one that the application names', () => {
  const refs = containers.flatMap(({ env }) =>
    (env ?? []).flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? [valueFrom.secretKeyRef] : [])),
  );
  expect(new Set(refs.map(({ name }) => name))).toEqual(new Set(['shop-secrets']));
  expect([...new Set(refs.map(({ key }) => key))].sort()).toEqual(kubernetesPlan(planned).secrets);
});

test('a stateful program has a Service with a stable address, and a headless one, whether a proxy leads to it or not', () => {
  const kept = (routed: boolean) =>
    planOfApp((app) => {
      const board = new Backend(app, 'board', {
        image: 'board:1.0',
        port: 3000,
        volumes: { data: { path: '/data' } },
      });
      if (routed) new ReverseProxy(app, 'proxy', { routes: [Route.path('/', board)] });
    }, onKubernetes);
  for (const plan of [kept(false), kept(true)]) {
    expect(objectOf(plan, 'StatefulSet', 'board').spec?.serviceName).toBe('board-pods');
    expect(objectOf(plan, 'Service', 'board-pods').spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: { 'app.kubernetes.io/instance': 'board' },
      ports: [{ name: 'http', port: 3000, targetPort: 'http', protocol: 'TCP' }],
    });
    expect(objectOf(plan, 'Service', 'board').spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/instance': 'board' },
      ports: [{ name: 'http', port: 3000, targetPort: 'http', protocol: 'TCP' }],
    });
  }
});

test('a stateful program without a port has a headless Service only', () => {
  const kept = planOfApp(
    (app) => new Worker(app, 'worker', { image: 'worker:1.0', volumes: { data: { path: '/data' } } }),
    onKubernetes,
  );
  expect(objectOf(kept, 'StatefulSet', 'worker').spec?.serviceName).toBe('worker-pods');
  expect(objectsOf(kept, 'Service').map(({ metadata }) => metadata.name)).toEqual(['worker-pods']);
  expect(objectOf(kept, 'Service', 'worker-pods').spec).toEqual({
    type: 'ClusterIP',
    clusterIP: 'None',
    selector: { 'app.kubernetes.io/instance': 'worker' },
  });
});

test('the environment chooses the storage class, and whether data is kept', () => {
  const place = { ...onKubernetes, storageClass: 'fast', data: 'delete' } as const;
  const { spec } = objectOf(planOfApp(shop, place), 'StatefulSet', 'database');
  expect(spec?.volumeClaimTemplates?.[0]?.spec?.storageClassName).toBe('fast');
  expect(spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted).toBe('Delete');
});

test('a release never runs fewer pods than replicas, and an eviction takes one pod at a time', () => {
  expect(objectOf(planned, 'Deployment', 'api').spec?.strategy).toEqual({
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  expect(objectOf(planned, 'PodDisruptionBudget', 'api').spec).toMatchObject({ maxUnavailable: 1 });
  expect(objectsOf(planned, 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).not.toContain(
    'migration',
  );
});

test('each group is one file, and the file of the application comes first by name', () => {
  const names = Object.keys(writtenFiles(planned, ''));
  expect([...names].sort()[0]).toBe('00-application.yaml');
  expect(names).toEqual(kubernetesPlan(planned).groups.map(({ name }) => `${name}.yaml`));
});

test('a component that may reach the internet reaches neither private networks nor the metadata service', () => {
  const open = planOfApp(
    (app) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        env: { CACHE_URL: new Cache(app, 'cache').url },
      }),
    { ...onKubernetes, components: { cache: { managed: { host: 'cache.example.com' } } } },
  );
  expect(objectOf(open, 'NetworkPolicy', 'api').spec?.egress?.at(-1)).toEqual({
    to: [
      {
        ipBlock: {
          cidr: '0.0.0.0/0',
          except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
        },
      },
    ],
    ports: [{ protocol: 'TCP', port: 6379 }],
  });
});
