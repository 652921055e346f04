import {
  argoCd,
  Backend,
  backupVolume,
  Duration,
  existingSecret,
  flux,
  kubernetes,
  PostgresDatabase,
  Schedule,
  Size,
  type KubernetesOptions,
} from 'catamaran';
import { manifestFiles } from '../../../charts/files';
import type { Manifest } from '../../../charts/manifest';
import type { KubernetesPlan } from '../../../charts/plan';
import { planOfApp, present, type Build } from '../../support/application';
import { addShop } from '../../support/shop';
import { kubernetesPlan } from '../../support/written';

const shop: Build = (app) => {
  const api = addShop(app);
  new Backend(app, 'page', { image: 'page:1.0', port: 8000, env: { API: api.url } });
  new Backend(app, 'about', { image: 'page:1.0', port: 8000 });
};

const byArgoCd = argoCd({ repository: 'https://git.example.com/raft/gitops.git' });
const byFlux = flux({ sourceRef: { name: 'gitops' } });

function planWith(options: Partial<KubernetesOptions>): KubernetesPlan {
  const place = kubernetes({ namespace: 'shop-live', secrets: existingSecret('shop'), ...options });
  const owner = { team: 'raft', email: 'raft@example.com' };
  return kubernetesPlan(planOfApp(shop, place, { environment: 'live', owner }));
}

const annotationsOf = (objects: readonly Manifest[], prefix: string) =>
  objects.map(({ kind, metadata }) => [
    kind,
    Object.fromEntries(
      Object.entries(metadata.annotations ?? {}).flatMap(([key, value]) =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    ),
  ]);

/** The plan as nobody but somebody with kubectl would apply it. */
const plain = planWith({});

test('without gitops there is nothing for a controller', () => {
  expect(plain.delivery).toEqual([]);
  expect(JSON.stringify(plain)).not.toMatch(/argoproj|fluxcd/);
});

describe('for Argo CD', () => {
  const plan = planWith({ gitops: byArgoCd });

  test('every object is in the wave of its place in the start order', () => {
    const waves = plan.groups.map(({ name, objects }) => [
      name,
      [...new Set(objects.map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave']))],
    ]);
    expect(Object.fromEntries(waves)).toEqual({
      '00-application': ['0'],
      database: ['1'],
      migration: ['2'],
      api: ['3'],
      page: ['4'],
      about: ['1'],
    });
  });

  test('a migration is a hook of the sync, and its Job goes when it has ended for a day', () => {
    const jobs = plan.groups.flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'Job'));
    expect(annotationsOf(jobs, 'argocd.argoproj.io/')).toEqual([
      ['Job', { 'sync-wave': '2', hook: 'Sync', 'hook-delete-policy': 'BeforeHookCreation' }],
    ]);
    expect(jobs).toEqual([
      expect.objectContaining({
        spec: expect.objectContaining({ ttlSecondsAfterFinished: 86_400, backoffLimit: 3 }) as unknown,
      }),
    ]);
  });

  test('nothing else is a hook, and the namespace alone stays whatever happens, with the data', () => {
    const others = plan.groups.flatMap(({ objects }) => objects.filter(({ kind }) => kind !== 'Job'));
    const special = annotationsOf(others, 'argocd.argoproj.io/').filter(
      ([, annotations]) => Object.keys(present(annotations)).join() !== 'sync-wave',
    );
    expect(special).toEqual([
      ['Namespace', { 'sync-wave': '0', 'sync-options': 'Delete=false,Prune=false' }],
    ]);
    expect(JSON.stringify(planWith({ gitops: byArgoCd, data: 'delete' }).groups)).not.toContain('Prune=');
  });

  test('the Application is in a folder that a sync of the environment does not enter', () => {
    expect(plan.delivery.map(({ name }) => name)).toEqual(['argocd/application']);
    expect(plan.delivery.flatMap(({ objects }) => objects)).toEqual([
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {
          annotations: {
            'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
            email: 'raft@example.com',
          },
          finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'],
          labels: {
            'app.kubernetes.io/managed-by': 'catamaran',
            'app.kubernetes.io/part-of': 'shop',
            owner: 'raft',
          },
          name: 'shop-live',
          namespace: 'argocd',
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://git.example.com/raft/gitops.git',
            targetRevision: 'HEAD',
            path: 'dist/shop/live',
          },
          destination: { server: 'https://kubernetes.default.svc', namespace: 'shop-live' },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            syncOptions: ['PruneLast=true', 'ServerSideApply=true'],
          },
        },
      },
    ]);
  });

  test.each([
    ['somebody starts each sync', 'manual' as const, undefined, []],
    ['nothing is removed', { prune: false }, { prune: false, selfHeal: true }, []],
    [
      'changes in the cluster stay',
      { selfHeal: false },
      { prune: true, selfHeal: false },
      ['resources-finalizer.argocd.argoproj.io/foreground'],
    ],
  ])('where %s, the Application says so', (_, sync, automated, finalizers) => {
    const gitops = argoCd({ repository: 'git@example.com:raft/gitops.git', path: '.', sync });
    const [application] = planWith({ gitops }).delivery.flatMap(({ objects }) => objects);
    const policy = { syncOptions: expect.any(Array) as unknown, ...(automated && { automated }) };
    expect(application?.spec).toMatchObject({ source: { path: 'shop/live' } });
    expect(application?.spec?.['syncPolicy']).toEqual(policy);
    expect([...(application?.metadata.finalizers ?? [])]).toEqual(finalizers);
  });
});

describe('for Flux', () => {
  const plan = planWith({ gitops: byFlux });
  const kustomizations = plan.delivery
    .flatMap(({ objects }) => objects)
    .filter(({ apiVersion }) => apiVersion === 'kustomize.toolkit.fluxcd.io/v1');

  test('each workload has a Kustomization, which waits for those that the workload waits for', () => {
    const name = (group: string) => `shop-live-${group}`;
    const after = (...groups: string[]) => ({ dependsOn: groups.map((group) => ({ name: name(group) })) });
    const common = {
      sourceRef: { kind: 'GitRepository', name: 'gitops', namespace: 'flux-system' },
      interval: '10m',
      timeout: '10m',
      prune: true,
      wait: true,
    };
    const path = (group: string) => ({ path: `./dist/shop/live/flux/objects/${group}`, ...common });
    expect(kustomizations.map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
      ['shop-live', { path: './dist/shop/live/flux/stages', ...common }],
      [name('00-application'), path('00-application')],
      [name('database'), { ...after('00-application'), ...path('database') }],
      [name('migration'), { ...after('00-application', 'database'), ...path('migration') }],
      [name('api'), { ...after('00-application', 'database', 'migration'), ...path('api') }],
      [name('page'), { ...after('00-application', 'api'), ...path('page') }],
      [name('about'), { ...after('00-application'), ...path('about') }],
    ]);
    expect(new Set(kustomizations.map(({ metadata }) => metadata.namespace))).toEqual(
      new Set(['flux-system']),
    );
  });

  test('every file says what made it, once and before all else', () => {
    for (const text of Object.values(manifestFiles(plan, 'shop in live')))
      expect(text.split(/^# shop in live\n(?=apiVersion: )/)).toHaveLength(2);
  });

  test('one that is applied by hand applies the others, and each of those its file', () => {
    const files = manifestFiles(plan, '');
    const folders = Object.keys(files).filter((file) => file.startsWith('flux/objects/'));
    expect(folders.sort()).toEqual(
      plan.groups.map(({ name }) => `flux/objects/${name}/kustomization.yaml`).sort(),
    );
    for (const { name } of plan.groups) {
      expect(files[`flux/objects/${name}/kustomization.yaml`]).toContain(
        `resources:\n  - '../../../${name}.yaml'`,
      );
      expect(Object.keys(files)).toEqual(
        expect.arrayContaining([`${name}.yaml`, `flux/stages/${name}.yaml`]),
      );
    }
  });

  test('the objects are those that kubectl would apply, but for the namespace, which stays', () => {
    const differing = plan.groups
      .flatMap(({ objects }) => objects)
      .filter((object, index) => {
        const other = plain.groups.flatMap(({ objects }) => objects)[index];
        return JSON.stringify(object) !== JSON.stringify(other);
      });
    expect(annotationsOf(differing, 'kustomize.toolkit.fluxcd.io/')).toEqual([
      ['Namespace', { prune: 'disabled' }],
    ]);
    expect(planWith({ gitops: byFlux, data: 'delete' }).groups).toEqual(planWith({ data: 'delete' }).groups);
  });

  test('durations, the source and the keys of what is encrypted are as the environment says', () => {
    const gitops = flux({
      sourceRef: { kind: 'Bucket', name: 'files', namespace: 'sources' },
      path: 'apps',
      namespace: 'raft',
      interval: Duration.seconds(90),
      timeout: Duration.minutes(30),
      prune: false,
      decryption: { secret: 'sops-age' },
    });
    const [whole] = planWith({ gitops }).delivery.flatMap(({ objects }) => objects);
    expect(whole?.metadata.namespace).toBe('raft');
    expect(whole?.spec).toEqual({
      sourceRef: { kind: 'Bucket', name: 'files', namespace: 'sources' },
      path: './apps/shop/live/flux/stages',
      interval: '1m30s',
      timeout: '30m',
      prune: false,
      wait: true,
      decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
    });
  });
});

test.each([
  ['Argo CD', byArgoCd],
  ['Flux', byFlux],
])('for %s, pods are as they are without, so that nothing restarts for it', (_, gitops) => {
  const pods = (plan: KubernetesPlan) =>
    plan.groups.flatMap(({ objects }) =>
      objects.flatMap((object) =>
        object.kind === 'Deployment' || object.kind === 'StatefulSet' || object.kind === 'Job'
          ? [[object.metadata.name, object.spec?.template]]
          : [],
      ),
    );
  expect(pods(planWith({ gitops }))).toEqual(pods(plain));
  expect(pods(plain)).toHaveLength(5);
});

describe('a backup, whose claim may be bound by its first run only', () => {
  const backedUp: Build = (app) => {
    const backup = { schedule: Schedule.cron('0 2 * * *'), to: backupVolume(Size.gibibytes(1)) };
    const database = new PostgresDatabase(app, 'database', { backup });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
  };
  const planBy = (gitops: KubernetesOptions['gitops'] & object) =>
    kubernetesPlan(
      planOfApp(backedUp, kubernetes({ namespace: 'shop', secrets: existingSecret('shop'), gitops })),
    );

  test('is in a last wave of its own, which Argo CD does not wait for', () => {
    const waves = planBy(byArgoCd).groups.map(({ name, objects }) => [
      name,
      [...new Set(objects.map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave']))],
    ]);
    expect(Object.fromEntries(waves)).toEqual({
      '00-application': ['0'],
      database: ['1'],
      'database-backup': ['3'],
      api: ['2'],
    });
  });

  test('is not waited for by Flux', () => {
    const waits = planBy(byFlux).delivery.flatMap(({ objects }) =>
      objects.flatMap(({ metadata, spec }) => (spec ? [[metadata.name, spec['wait']]] : [])),
    );
    expect(Object.fromEntries(waits)).toEqual({
      'shop-dev': true,
      'shop-dev-00-application': true,
      'shop-dev-database': true,
      'shop-dev-database-backup': false,
      'shop-dev-api': true,
    });
  });
});
