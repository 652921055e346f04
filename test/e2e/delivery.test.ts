import { join } from 'node:path';
import { definitionText, type SchemaName } from '../support/schemas';
import {
  kubectl,
  list,
  makeNamespace,
  rolledOut,
  sweepNamespace,
  tryKubectl,
  type Job,
} from './support/cluster';
import { reconcileAsFlux, syncAsArgoCd } from './support/controllers';
import { hostileEyesInCluster } from './support/eyes-cluster';
import { answering } from './support/http';
import { Project } from './support/project';
import { onCluster } from './support/requirements';
import { eqBackend, placed } from './support/subjects';

const subject = placed(eqBackend, 'delivery');
const { namespace } = subject;
const url = `http://127.0.0.1:${subject.nodePort}`;
const secret = 'eq-backend-secrets';
const folder = 'dist/eq-backend/staging';

// Their controllers are not here: what they are told is held against their published schemas, and what they
// would do, in the order that they would do it in, is done in their place.
const byArgoCd = `gitops: argoCd({ repository: 'https://git.example.com/eq.git', namespace: '${namespace}' }),`;
const byFlux = `gitops: flux({ sourceRef: { name: 'eq' }, namespace: '${namespace}' }),`;
const definitions: readonly SchemaName[] = ['argo-cd-application', 'flux-kustomization'];
const failing = ["'migrate.py', 'upgrade'", "'migrate.py', 'break'"] as const;

onCluster('delivery by a controller, and by kubectl', () => {
  let project: Project;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    project = new Project(subject);
    await project.makeSecrets();
    project.edit('environments.ts', '  argoCd,', '  argoCd,\n  flux,');
    const staging = [
      `secrets: envFile(),\n    data: 'delete',`,
      `secrets: existingSecret('${secret}'),`,
    ] as const;
    project.edit('environments.ts', staging[0], `${staging[1]}\n    ${byArgoCd}`);
    await project.buildForCluster();
    await makeNamespace(namespace);
    const create = ['--namespace', namespace, 'create', 'secret', 'generic', secret];
    await kubectl([...create, `--from-env-file=${project.secretsFile}`]);
    for (const name of definitions)
      await kubectl(['apply', '--server-side', '--filename', '-'], { input: definitionText(name) });
    await kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...definitionNames]);
  });

  afterAll(async () => {
    await kubectl(['delete', '--ignore-not-found', ...definitionNames]);
    await sweepNamespace(namespace);
    project.remove();
  });

  /** What is deployed of the backend, which a release that stops before must not touch. */
  const backend = () =>
    kubectl([
      ...['--namespace', namespace, 'get', 'deployment/backend'],
      ...['--output', 'jsonpath={.metadata.generation} {.spec.template.spec.containers[0].env}'],
    ]);

  /** Lets a release whose migration fails, and whose backend is another, begin. */
  const withFailingRelease = async (release: () => Promise<void>): Promise<void> => {
    project.edit('application.ts', ...failing);
    project.edit('application.ts', ...subject.variable);
    const before = await backend();
    await project.written('staging');
    await release();
    expect(await backend()).toBe(before);
    expect(await subject.seen(url)).toBe(subject.values[0]);
    project.edit('application.ts', subject.variable[1], subject.variable[0]);
    project.edit('application.ts', failing[1], failing[0]);
    await project.written('staging');
  };

  describe('by Argo CD', () => {
    const application = `${folder}/argocd/application.yaml`;

    test('the Application is what its API takes, and nothing that it does not know', async () => {
      await project.written('staging');
      const file = join(project.folder, application);
      expect(await strictly(file)).toEqual({ code: 0, stderr: '' });
      project.rewrite(application, 'targetRevision:', 'revision:');
      expect(await strictly(file)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('unknown field "spec.source.revision"') as unknown,
      });
      await project.written('staging');
    });

    test('wave by wave, it comes up', async () => {
      const waves = ['0', '1', '2', '3', '4'];
      expect(await syncAsArgoCd(project.folder, application)).toEqual({ ready: waves, failed: [] });
      await answering(`${url}/health/db`);
    });

    test('a migration that fails stops the sync, and the old release serves', () =>
      withFailingRelease(async () => {
        const delivery = await syncAsArgoCd(project.folder, application);
        expect(delivery).toEqual({ ready: ['0', '1'], failed: ['2'] });
      }));
  });

  describe('by Flux', () => {
    const whole = `${folder}/flux/application.yaml`;
    const named = (...groups: string[]) => groups.map((group) => `eq-backend-staging-${group}`);

    test('the Kustomizations are what their API takes', async () => {
      project.edit('environments.ts', byArgoCd, byFlux);
      await project.written('staging');
      expect(await strictly(join(project.folder, whole))).toEqual({ code: 0, stderr: '' });
      expect(await strictly(join(project.folder, folder, 'flux/stages'))).toEqual({ code: 0, stderr: '' });
    });

    test('one after the other, it comes up', async () => {
      const { ready, failed } = await reconcileAsFlux(project.folder, whole);
      expect(failed).toEqual([]);
      const stages = named('00-application', 'backend', 'cache', 'database', 'migration', 'proxy');
      expect([...ready].sort()).toEqual(stages);
      expect(await subject.seen(url)).toBe(subject.values[0]);
    });

    hostileEyesInCluster(() => ({
      ...{ folder: project.folder, application: subject.name, environment: 'staging' },
      namespace,
    }));

    test('a migration that fails stops what depends on it, and the old release serves', () =>
      withFailingRelease(async () => {
        const { ready, failed } = await reconcileAsFlux(project.folder, whole);
        expect(failed).toEqual(named('migration'));
        expect([...ready].sort()).toEqual(named('00-application', 'cache', 'database'));
      }));
  });

  describe('by kubectl', () => {
    const apply = () => kubectl(['apply', '--filename', join(project.folder, folder)]);
    const prune = () => {
      const args = ['--namespace', namespace, 'apply', '--prune', '--applyset=eq-backend'];
      const env = { KUBECTL_APPLYSET: 'true' };
      return kubectl([...args, '--filename', join(project.folder, folder)], { env });
    };

    test('what is there is taken over, and what a release replaces goes', async () => {
      project.edit('environments.ts', byFlux, '');
      // Each of the controllers prunes its own.
      await kubectl(['--namespace', namespace, 'delete', 'jobs', '--all', '--wait']);
      await project.written('staging');
      await apply();
      await rolledOut(namespace);
      await prune();
      const before = (await names('configmaps,jobs')).filter((name) => /^(?:job|configmap.proxy)/.test(name));
      project.edit('application.ts', "'migrate.py', 'upgrade'", "'-u', 'migrate.py', 'upgrade'");
      project.edit('application.ts', "Route.path('/', backend)", "Route.path('/api', backend)");
      await project.written('staging');
      await apply();
      await rolledOut(namespace);
      await prune();
      const after = await names('configmaps,jobs');
      expect(before.filter((name) => after.includes(name))).toEqual([]);
      expect((await list<Job>(namespace, 'jobs')).map(({ status }) => status.succeeded)).toEqual([1]);
    });

    test('a component that is gone takes everything of it along, but its data', async () => {
      const own = async (component: string) =>
        (await names(kinds)).filter((name) => name.includes(`/${component}`));
      expect(await own('proxy')).toHaveLength(7);
      expect(await own('database')).not.toEqual([]);
      const claims = await names('persistentvolumeclaims');
      expect(claims).toContain('persistentvolumeclaim/data-database-0');

      project.edit(
        'application.ts',
        "new ReverseProxy(this, 'proxy'",
        "if (false) new ReverseProxy(this, 'proxy'",
      );
      project.edit(
        'environments.ts',
        `      proxy: {
        replicas: 2,
        expose: nodePort(${subject.nodePort}, 80),
        exceptions: { 'no-node-port': 'the load balancer of staging is not part of its cluster' },
      },`,
        `      database: {
        managed: { host: 'db.example.com', addresses: ['10.20.0.0/24'], url: Secret.named('DATABASE_URL') },
      },`,
      );
      await project.written('staging');
      await apply();
      await prune();
      expect(await own('proxy')).toEqual([]);
      expect(await own('database')).toEqual([]);
      expect(await own('backend')).not.toEqual([]);
      expect(await names('persistentvolumeclaims')).toEqual(claims);
    });
  });
});

const definitionNames = ['crd/applications.argoproj.io', 'crd/kustomizations.kustomize.toolkit.fluxcd.io'];

const kinds = [
  ...['deployments', 'statefulsets', 'jobs', 'horizontalpodautoscalers', 'poddisruptionbudgets'],
  ...['services', 'networkpolicies', 'configmaps', 'serviceaccounts'],
].join();

async function names(kinds: string): Promise<string[]> {
  const text = await kubectl(['--namespace', namespace, 'get', kinds, '--output', 'name']);
  return text.split('\n').filter((name) => name !== '' && !name.endsWith('/kube-root-ca.crt'));
}

/** What the API says of a file, an unknown field being an error. */
async function strictly(file: string): Promise<{ code: number; stderr: string }> {
  const args = ['apply', '--dry-run=server', '--validate=strict', '--filename', file];
  const { code, stderr } = await tryKubectl(args);
  return { code, stderr };
}
