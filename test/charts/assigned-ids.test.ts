import {
  Backend,
  ingress,
  kubernetes,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Schedule,
  ScheduledJob,
  Secret,
  type Application,
  type KubernetesOptions,
} from 'catamaran';
import { kubernetesPolicies } from '../../charts/policy';
import { kubernetesObject } from '../../charts/index';
import type { PodContainer } from '../../charts/manifest';
import { containersOf, podsIn } from '../../charts/pods';
import { verdictOf } from '../../constructs/pipeline/check';
import { formatIssue } from '../../constructs/issue';
import { issuesOfApp, planOfApp, present, withProps, workloadOfApp } from '../support/application';
import { addShop } from '../support/shop';
import { kubernetesPlan, objectsOf } from '../support/written';

const options: KubernetesOptions = {
  namespace: 'shop',
  secrets: { kind: 'existing-secret', name: 'shop-secrets' },
  userIds: 'assigned',
};
const assigned = kubernetes(options);

/** Components of every kind: with gates, secret files, a volume, and an image that wants a name. */
function shop(app: Application): void {
  const api = addShop(app, { api: { env: { TOKEN_FILE: Secret.named('TOKEN').file } } });
  new ScheduledJob(app, 'report', {
    image: 'api:1.0',
    command: ['report'],
    schedule: Schedule.cron('@daily'),
  });
  new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
}

const planned = planOfApp(shop, assigned);
const pods = podsIn(kubernetesPlan(planned));

test('no pod and no container, init containers included, has an id of a user or a group', () => {
  expect(pods.map(({ workload }) => workload).sort()).toEqual([
    'api',
    'database',
    'migration',
    'proxy',
    'report',
  ]);
  const text = JSON.stringify(kubernetesPlan(planned).groups);
  for (const id of ['runAsUser', 'runAsGroup', 'fsGroup"', 'supplementalGroups'])
    expect(text).not.toContain(id);
});

test('everything else that makes pods safe stays', () => {
  for (const pod of pods) {
    expect(pod.spec.securityContext).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
      fsGroupChangePolicy: 'OnRootMismatch',
    });
    for (const container of containersOf(pod))
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
  }
});

test('the cluster gives the user its name, so no file replaces /etc/passwd', () => {
  const mounts = (container: PodContainer) =>
    (container.volumeMounts ?? []).map(({ mountPath }) => mountPath);
  expect(pods.flatMap((pod) => containersOf(pod).flatMap(mounts))).not.toContain('/etc/passwd');
  expect(objectsOf(planned, 'ConfigMap').map(({ metadata }) => metadata.name)).not.toContainEqual(
    expect.stringContaining('-user-'),
  );
});

test('secret files are for the group that the cluster assigns, and for nobody else', () => {
  const [api] = pods.filter(({ workload }) => workload === 'api');
  const [secret] = present(api).spec.volumes?.flatMap((volume) => volume.secret ?? []) ?? [];
  expect(secret?.defaultMode).toBe(0o440);
});

test('the ids that are left out are a note', () => {
  expect(planned.notes.filter(({ field }) => field === 'user')).toEqual([
    {
      field: 'user',
      workloads: ['database', 'migration', 'api', 'report', 'proxy'],
      note:
        'The ids of user and group are left out, because the cluster assigns others. The image must run as any user of ' +
        'group 0, and the cluster must also assign the group of volumes and secret files, as OpenShift does',
    },
  ]);
  const declared = planOfApp(shop, kubernetes({ ...options, userIds: 'declared' }));
  expect(declared.notes.filter(({ field }) => field === 'user').map(({ note }) => note)).toEqual([
    'Kubernetes adds 10000 to the ids, so that no user of a node has them',
  ]);
});

test('the policies accept ids that the cluster assigns, and no low id of an override', () => {
  const broken = (build: (app: Application) => void, more: Partial<KubernetesOptions> = {}) => {
    const one = planOfApp(build, kubernetes({ ...options, ...more }));
    const { findings } = verdictOf(one, kubernetesPolicies);
    return findings.filter(({ policy }) => policy === 'high-user-ids').map(({ issue }) => formatIssue(issue));
  };
  expect(broken(shop)).toEqual([]);
  const low = kubernetesObject('Deployment', {
    reason: 'a test',
    change: (object) => ({
      ...object,
      spec: {
        ...object.spec,
        template: {
          ...object.spec.template,
          spec: {
            ...object.spec.template.spec,
            containers: object.spec.template.spec.containers.map((container) => ({
              ...container,
              securityContext: { ...container.securityContext, runAsUser: 1000 },
            })),
          },
        },
      },
    }),
  });
  expect(broken(withProps(), { components: { api: { overrides: [low] } } })).toEqual([
    "shop/api: Deployment/api api securityContext.runAsUser is 1000: write a number above 10000, or binding: 'any' if " +
      'the image can run as any user',
  ]);
});

test('an image that runs as one user only is refused, unless it runs nowhere', () => {
  const one = withProps({ user: { uid: 1000, gid: 1001 } });
  expect(issuesOfApp(one, assigned)).toEqual([
    "shop/api: user is 1000:1001, the only user that the image can run as, but with userIds 'assigned' the cluster " +
      "chooses another: write binding: 'any' if the image can run as any user of group 0, or an image that can, or " +
      'leave out userIds',
  ]);
  expect(() => planOfApp(one, kubernetes({ ...options, userIds: 'declared' }))).not.toThrow();
  const any = withProps({ user: { uid: 1000, gid: 1001, binding: 'any' } });
  expect(() => planOfApp(any, assigned)).not.toThrow();
});

test('a component without a user says nothing about its image', () => {
  expect(workloadOfApp('api', withProps()).user).toEqual({ uid: 10_001, gid: 10_001, binding: 'any' });
});

test('routes that the cluster carries have no user', () => {
  const proxy = ingress({
    className: 'nginx',
    controller: { namespace: 'ingress', labels: { app: 'nginx' } },
  });
  const carried = planOfApp(
    (app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new PostgresDatabase(app, 'database');
      new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
    },
    kubernetes({ ...options, proxy }),
  );
  expect(carried.notes.filter(({ field }) => field === 'user').map(({ workloads }) => workloads)).toEqual([
    ['api', 'database'],
  ]);
});

test('another choice is refused', () => {
  const place = kubernetes({ ...options, userIds: 'random' as 'assigned' });
  expect(issuesOfApp(withProps(), place)).toEqual([
    'shop (dev): userIds is "random": write one of declared, assigned',
  ]);
});
