import {
  kubectl,
  list,
  makeNamespace,
  podOf,
  podsOf,
  rolledOut,
  sweepNamespace,
  tryKubectl,
  type ClusterEvent,
  type Job,
  type Pod,
} from '../support/cluster';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering, ask, json } from '../support/http';
import { liveNamespace, Project } from '../support/project';
import { onCluster } from '../support/requirements';
import { SecretHunt } from '../support/secret-hunt';
import { replicas, workerDoesItsWork, type Placed } from '../support/subjects';

/** An application by one `kubectl apply` of what synth writes, its data and its secrets. */
export function writtenForKubernetes(subject: Placed): void {
  const { namespace } = subject;
  onCluster(`${subject.name}, written for Kubernetes`, () => {
    const url = `http://127.0.0.1:${subject.nodePort}`;
    let project: Project;
    let folder: string;
    let hunt: SecretHunt;

    beforeAll(async () => {
      await sweepNamespace(namespace);
      project = new Project(subject);
      await project.makeSecrets();
      const up = { on: 'cluster', namespace } as const;
      hunt = new SecretHunt({ ...subject, project, environment: 'staging', up });
      hunt.start();
      await project.buildForCluster();
      folder = await project.written('staging');
      await makeNamespace(namespace);
      const secret = ['create', 'secret', 'generic', `${subject.name}-secrets`];
      await kubectl(['--namespace', namespace, ...secret, `--from-env-file=${project.secretsFile}`]);
    });

    afterAll(async () => {
      await hunt.stop();
      await sweepNamespace(namespace);
      project.remove();
    });

    test('written, secrets are seen nowhere', () => hunt.expectAsReported());

    test('is applied in one go, without a warning', async () => {
      const { code, stderr } = await tryKubectl(['apply', '--filename', folder]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });

    test('rolls out, without a restart and without an error', async () => {
      await rolledOut(namespace);
      const pods = await podsOf(namespace);
      const restarts = pods.flatMap(({ status }) =>
        [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map(
          ({ name, restartCount }) => [name, restartCount],
        ),
      );
      expect(restarts.filter(([, count]) => count !== 0)).toEqual([]);
      expect(await errors(namespace)).toEqual([]);
    });

    test('the node port answers for both replicas', async () => {
      await answering(`${url}/health/db`);
      expect(await replicas(subject, url)).toHaveLength(2);
    });

    if (subject.name === 'eq-backend') {
      test('the migration ran once, before any backend', async () => {
        const jobs = await list<Job>(namespace, 'jobs');
        expect(jobs.map(({ status }) => [status.succeeded, status.failed ?? 0])).toEqual([[1, 0]]);
        const migration = await podOf(namespace, 'migration');
        const log = await kubectl(['--namespace', namespace, 'logs', migration.metadata.name]);
        expect(log.trim().split('\n')).toEqual([
          'applied 001_create_notes.sql',
          'applied 002_add_created_at.sql',
        ]);
        const [ended] = (migration.status.containerStatuses ?? []).map(({ state }) => state.terminated);
        for (const started of (await podsOf(namespace, 'backend')).map(startOf))
          expect(started).toBeGreaterThanOrEqual(Date.parse(ended?.finishedAt ?? ''));
      });

      test('the backend has its configuration', async () => {
        expect(await json(`${url}/config`)).toMatchObject({
          ENVIRONMENT: 'staging',
          LOG_LEVEL: 'INFO',
          OPENAI_BASE_URL: 'https://api.openai.com/v1',
          CORS_ORIGINS: ['http://localhost:3000'],
        });
      });

      test('both stores are used', async () => {
        await subject.write(url, 'cached');
        const first = await ask(`${url}/notes`);
        const second = await ask(`${url}/notes`);
        expect([first, second].map(({ headers }) => headers['x-cache'])).toEqual(['miss', 'hit']);
        expect(second.text).toBe(first.text);
      });
    }

    workerDoesItsWork(subject, url);

    hostileEyesInCluster(() => ({
      ...{ folder: project.folder, application: subject.name, environment: 'staging' },
      namespace,
    }));

    test('secrets are seen where the report says, and nowhere else', () => hunt.expectAsReported());

    test('no pod has a token of the API', async () => {
      const pods = await podsOf(namespace);
      expect(pods.flatMap(({ spec }) => spec.volumes ?? []).filter(({ projected }) => projected)).toEqual([]);
      for (const from of [...Object.keys(subject.ports), ...subject.workers]) {
        const { metadata } = await podOf(namespace, from);
        const folder = '/var/run/secrets/kubernetes.io';
        const inside = ['--namespace', namespace, 'exec', metadata.name, '--quiet', '--'];
        expect(await kubectl([...inside, 'sh', '-c', `ls ${folder} 2>/dev/null || echo none`])).toBe(
          'none\n',
        );
      }
    });

    test('data outlives the pod of the database', async () => {
      await subject.write(url, 'kept');
      const before = await podOf(namespace, 'database');
      await kubectl(['--namespace', namespace, 'delete', 'pod', before.metadata.name, '--wait']);
      await rolledOut(namespace);
      const after = await podOf(namespace, 'database');
      expect(after.metadata.uid).not.toBe(before.metadata.uid);
      await answering(`${url}/health/db`);
      expect(await subject.read(url)).toContain('kept');
    });

    test('applying it again changes nothing', async () => {
      const versions = await versionsOf(namespace);
      const { code, stderr } = await tryKubectl(['apply', '--filename', folder]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(await versionsOf(namespace)).toEqual(versions);
      expect((await tryKubectl(['diff', '--filename', folder])).stdout).toBe('');
    });
  });

  onCluster(`${subject.name}, written for production`, () => {
    const live = liveNamespace(subject);
    let project: Project;

    beforeAll(async () => {
      await sweepNamespace(live);
      project = new Project(subject);
      await makeNamespace(live);
    });

    afterAll(async () => {
      await sweepNamespace(live);
      project.remove();
    });

    test('is accepted by the API where Pod Security is enforced, without a warning', async () => {
      const folder = await project.written('production');
      const { code, stderr } = await tryKubectl(['apply', '--dry-run=server', '--filename', folder]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });
  });
}

function startOf({ status }: Pod): number {
  return Math.min(
    ...(status.containerStatuses ?? []).map(({ state }) => Date.parse(state.running?.startedAt ?? '')),
  );
}

const transient = ['Unhealthy', 'FailedScheduling'];

// What Kubernetes itself tries again: a node reads what a pod uses a moment before the API server lets it, and two
// controllers write one object at the same time (the volume binder and the StatefulSet's write the claim of a volume).
const triedAgain = [
  'no relationship found between node',
  'the object has been modified; please apply your changes to the',
];

// A start-up probe may be asked early, a volume may still be bound, and metrics may not be there yet.
async function errors(namespace: string): Promise<string[]> {
  const events = await list<ClusterEvent>(namespace, 'events', '--field-selector', 'type=Warning');
  return events
    .filter(({ involvedObject }) => involvedObject.kind !== 'HorizontalPodAutoscaler')
    .filter(({ reason }) => !transient.includes(reason))
    .filter(({ message }) => !triedAgain.some((part) => message.includes(part)))
    .map(({ reason, message, involvedObject }) => `${involvedObject.name}: ${reason}: ${message}`);
}

interface Versioned {
  readonly kind: string;
  readonly spec?: unknown;
  readonly metadata: {
    readonly name: string;
    readonly generation?: number;
    readonly resourceVersion: string;
  };
}

// Only a change of what is wanted gives another generation; what has none has no status that changes either.
async function versionsOf(namespace: string): Promise<Record<string, number | string>> {
  const kinds = [
    ...['deployments', 'statefulsets', 'jobs', 'horizontalpodautoscalers', 'poddisruptionbudgets'],
    ...['services', 'networkpolicies', 'configmaps', 'serviceaccounts'],
  ];
  const objects = await list<Versioned>(namespace, kinds.join());
  return Object.fromEntries(
    objects.map(({ kind, metadata: { name, generation, resourceVersion }, spec }) => [
      `${kind}/${name}`,
      // Autoscalers have no generation, and write down what they see; what they decide changes a Deployment's.
      controlled.includes(kind) ? withoutReplicas(spec) : (generation ?? resourceVersion),
    ]),
  );
}

const controlled = ['HorizontalPodAutoscaler', 'Deployment'];

function withoutReplicas(spec: unknown): string {
  return JSON.stringify(spec, (key, value: unknown) => (key === 'replicas' ? undefined : value));
}
