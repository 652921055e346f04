import { onKubernetes, planOfApp, present } from '../support/application';
import { shop } from '../support/shop';
import { objectOf, objectsOf } from '../support/written';
import { planned, pods, containers } from './planned-shop';

test('a new version of the application alone changes no pod and no Job', () => {
  const { spec } = objectOf(planned, 'Deployment', 'api');
  expect(spec?.template.metadata?.labels).not.toHaveProperty(['app.kubernetes.io/version']);
  expect(spec?.selector.matchLabels).toEqual({ 'app.kubernetes.io/instance': 'api' });
  const next = planOfApp(shop, onKubernetes, {
    version: '2.0.0',
    owner: { team: 'raft', email: 'raft@example.com' },
  });
  expect(objectOf(next, 'Deployment', 'api').spec).toEqual(spec);
  expect(objectsOf(next, 'Job').map(({ metadata }) => metadata.name)).toEqual(
    objectsOf(planned, 'Job').map(({ metadata }) => metadata.name),
  );
});

test('pods have the priority class of their application, which never evicts other pods', () => {
  expect(objectOf(planned, 'PriorityClass', 'shop')).toMatchObject({
    value: 0,
    description: 'Pods of shop in shop.',
  });
  for (const [, pod] of pods) expect(pod.priorityClassName).toBe('shop');
});

test('pods of every kind are spread over hosts and zones, on Linux', () => {
  for (const [name, pod] of pods) {
    const labelSelector = { matchLabels: { 'app.kubernetes.io/instance': name } };
    expect(pod.topologySpreadConstraints).toEqual(
      ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector,
      })),
    );
    const linux = { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] };
    expect(pod.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toEqual({
      nodeSelectorTerms: [{ matchExpressions: [linux] }],
    });
    expect(
      pod.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.[0]?.podAffinityTerm,
    ).toEqual({ topologyKey: 'kubernetes.io/hostname', labelSelector });
  }
});

test('no container has a user or group id that a node may use', () => {
  for (const { securityContext } of containers) {
    expect(securityContext?.runAsUser).toBeGreaterThan(10_000);
    expect(securityContext?.runAsGroup).toBeGreaterThan(10_000);
  }
});

test('every container, init containers included, meets the restricted Pod Security Standard', () => {
  expect(containers).toHaveLength(5 + 5);
  for (const { securityContext } of containers)
    expect(securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
});

test('every container, init containers included, has requests and limits', () => {
  const kinds = ['cpu', 'ephemeral-storage', 'memory'];
  for (const { resources } of containers) {
    expect(Object.keys(resources?.requests ?? {}).sort()).toEqual(kinds);
    expect(Object.keys(resources?.limits ?? {}).sort()).toEqual(kinds);
  }
});

test('no pod has a token of the API, and each has its own service account', () => {
  for (const [name, pod] of pods) {
    expect(pod).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: name });
    expect(objectOf(planned, 'ServiceAccount', name).automountServiceAccountToken).toBe(false);
  }
});

test('every mount has its volume, and every volume is mounted', () => {
  for (const [name, pod] of pods) {
    const all = [...(pod.initContainers ?? []), ...pod.containers];
    const mounted = new Set(
      all.flatMap(({ volumeMounts }) => (volumeMounts ?? []).map((mount) => mount.name)),
    );
    const claims = name === 'database' ? ['data'] : [];
    const volumes = [...(pod.volumes ?? []).map((volume) => volume.name), ...claims];
    expect([...volumes].sort()).toEqual([...mounted].sort());
    expect(new Set(volumes).size).toBe(volumes.length);
  }
});

test('the gate of a migration has the variables and the secret that its check needs', () => {
  const [, api] = present(pods.find(([name]) => name === 'api'));
  const gate = present(api.initContainers?.find(({ name }) => name === 'wait-migration'));
  expect(gate.command).toEqual(['sh', '-c', 'until "$@"; do sleep 1; done', 'wait', 'ok']);
  expect(gate.env).toEqual([
    {
      name: 'DATABASE_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'DATABASE_PASSWORD' } },
    },
    { name: 'DATABASE_URL', value: 'postgresql://app:$(DATABASE_PASSWORD)@database:5432/shop' },
  ]);
});
