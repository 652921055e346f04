import { kubernetes, type Override, ReverseProxy, Route } from 'catamaran';
import { kubernetesObject } from 'catamaran/kubernetes';
import { applyKubernetes } from '../../charts/apply/apply';
import { synthIn } from '../support/project';
import { filesBelow, projectOf, stackFile } from '../support/project';
import { planOfApp, present, type Build } from '../support/application';
import { asWritten, deploymentOn, registeredBy } from '../support/pulumi';
import { addShop } from '../support/shop';
import { kubernetesPlan, objectOf, objectsOf, podOf, writtenObjects } from '../support/written';

const shop: Build = (app) => {
  const api = addShop(app, { migration: { files: { '/etc/migration/order.txt': 'one' } } });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)], publish: 80 });
};

function place(overrides: Readonly<Record<string, readonly Override<'kubernetes'>[]>>) {
  const components = Object.entries(overrides).map(([name, list]) => [name, { overrides: list }] as const);
  const secrets = { kind: 'env-file', file: '.env' } as const;
  return kubernetes({ namespace: 'shop', secrets, components: Object.fromEntries(components) });
}

const planned = (overrides: Readonly<Record<string, readonly Override<'kubernetes'>[]>>) =>
  planOfApp(shop, place(overrides));

const tolerant = kubernetesObject('Deployment', {
  reason: 'the nodes with a GPU are tainted',
  change: ({ spec, ...rest }) => ({
    ...rest,
    spec: {
      ...spec,
      template: {
        ...spec.template,
        spec: { ...spec.template.spec, tolerations: [{ key: 'gpu', operator: 'Exists' }] },
      },
    },
  }),
});

const annotated = kubernetesObject('Service', {
  name: 'proxy-public',
  reason: 'the address of a load balancer is kept',
  change: ({ metadata, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, annotations: { 'example.com/address': '203.0.113.7' } },
  }),
});

test('only the object that an override names is changed', () => {
  const before = kubernetesPlan(planned({}));
  const after = kubernetesPlan(planned({ api: [tolerant], proxy: [annotated] }));
  const texts = (plan: typeof before) =>
    plan.groups.flatMap(({ objects }) => objects).map((one) => JSON.stringify(one));
  const changed = texts(after).filter((text) => !texts(before).includes(text));
  expect(
    changed.map((text) => (JSON.parse(text) as { kind: string; metadata: { name: string } }).metadata.name),
  ).toEqual(['api', 'proxy-public']);
  expect(podOf(planned({ api: [tolerant] }), 'api').tolerations).toEqual([
    { key: 'gpu', operator: 'Exists' },
  ]);
});

test('what is overridden is written and applied alike', async () => {
  const where = place({ api: [tolerant], proxy: [annotated] });
  const whole = planOfApp(shop, where);
  const registered = await registeredBy(() => {
    applyKubernetes(kubernetesPlan(whole), deploymentOn(where, { values: { kind: 'elsewhere' } }));
  });
  const applied = (name: string) => present(registered.find((one) => one.name === name)).inputs;
  const written = writtenObjects(whole);
  expect(written).toContainEqual(asWritten(applied('Deployment/api')));
  expect(written).toContainEqual(asWritten(applied('Service/proxy-public')));
  expect(applied('Service/proxy-public')['metadata']).toMatchObject({
    annotations: { 'example.com/address': '203.0.113.7' },
  });
});

test('a migration whose pod is overridden is another job, as a job cannot be changed', () => {
  const spare = kubernetesObject('Job', {
    name: 'migration',
    reason: 'it may run anywhere',
    change: ({ spec, ...rest }) => ({
      ...rest,
      spec: {
        ...spec,
        template: { ...spec.template, spec: { ...spec.template.spec, priorityClassName: 'low' } },
      },
    }),
  });
  const patient = kubernetesObject('Job', {
    reason: 'it takes long',
    change: ({ spec, ...rest }) => ({ ...rest, spec: { ...spec, activeDeadlineSeconds: 7200 } }),
  });
  const nameOf = (...overrides: Override<'kubernetes'>[]) =>
    present(objectsOf(planned({ migration: overrides }), 'Job')[0]).metadata.name;
  const plain = nameOf();
  expect(plain).toMatch(/^migration-[0-9a-f]{8}$/);
  expect(nameOf(spare)).toMatch(/^migration-[0-9a-f]{8}$/);
  expect(nameOf(spare)).not.toBe(plain);
  // Outside of the pod, a job can be changed.
  expect(nameOf(patient)).toBe(plain);
});

test('a ConfigMap with changed content gets another name, and the pods that mount it use that name', () => {
  const configuration = kubernetesObject('ConfigMap', {
    name: 'migration-files',
    reason: 'another order',
    change: (map) => ({ ...map, data: { 'order.txt': 'two' } }),
  });
  const mapOf = (of: ReturnType<typeof planned>) =>
    present(objectsOf(of, 'ConfigMap').find(({ metadata }) => metadata.name.startsWith('migration-')))
      .metadata.name;
  const jobOf = (of: ReturnType<typeof planned>) => present(objectsOf(of, 'Job')[0]);
  const [before, after] = [planned({}), planned({ migration: [configuration] })];
  expect(mapOf(after)).toMatch(/^migration-files-[0-9a-f]{8}$/);
  expect(mapOf(after)).not.toBe(mapOf(before));
  const all = JSON.stringify(kubernetesPlan(after));
  expect(all).not.toContain(mapOf(before));
  // The job itself, and the gate of the one that waits for it.
  expect(JSON.stringify(jobOf(after).spec)).toContain(mapOf(after));
  expect(JSON.stringify(podOf(after, 'api').volumes)).toContain(mapOf(after));
  expect(jobOf(after).metadata.name).not.toBe(jobOf(before).metadata.name);
});

test('labels of configuration can be overridden, and its name stays', () => {
  const labelled = kubernetesObject('ConfigMap', {
    reason: 'a test',
    change: ({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, labels: { tier: 'gold' } } }),
  });
  const maps = (of: ReturnType<typeof planned>) =>
    objectsOf(of, 'ConfigMap').map(({ metadata }) => metadata.name);
  const after = planned({ proxy: [labelled] });
  expect(maps(after)).toEqual(maps(planned({})));
  expect(present(objectsOf(after, 'ConfigMap').at(-1)).metadata.labels).toEqual({ tier: 'gold' });
});

test('an override has the types of its object, and an unknown key does not compile', () => {
  const misspelt = kubernetesObject('Deployment', {
    reason: 'a test',
    // @ts-expect-error a Deployment has replicas
    change: (deployment) => ({ ...deployment, spec: { ...deployment.spec, replica: 2 } }),
  });
  const wrong = kubernetesObject('Service', {
    reason: 'a test',
    // @ts-expect-error a port is a number
    change: (service) => ({ ...service, spec: { ...service.spec, ports: [{ port: '80' }] } }),
  });
  // @ts-expect-error the namespace belongs to the application
  kubernetesObject('Namespace', { reason: 'a test', change: (namespace) => namespace });
  expect([misspelt.object, wrong.object]).toEqual(['Deployment', 'Service']);
});

test('the report of synth names component, object and reason, and what is written is overridden', () => {
  const file = stackFile({
    environments: `live: kubernetes({ namespace: 'shop', components: { api: { overrides: [
      kubernetesObject('Deployment', {
        reason: 'a rollout is kept for a year',
        change: ({ spec, ...rest }) => ({ ...rest, spec: { ...spec, revisionHistoryLimit: 100 } }),
      }),
    ] } } })`,
  });
  const project = projectOf({
    'package.json': '{"name":"raft"}',
    'stacks/shop.ts': `import { kubernetesObject } from 'catamaran/kubernetes';\n${file}`,
  });
  const { stdout, thrown } = synthIn(project);
  expect(thrown).toBeUndefined();
  expect(stdout).toContain('\n  override: Deployment api: a rollout is kept for a year\n    in live: api\n');
  expect(filesBelow(project)['dist/shop/live/api.yaml']).toContain('revisionHistoryLimit: 100\n');
});

test('nothing is overridden where nothing is asked for', () => {
  expect(objectOf(planned({ api: [] }), 'Deployment', 'api')).toEqual(
    objectOf(planned({}), 'Deployment', 'api'),
  );
});
