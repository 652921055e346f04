import {
  leftOutOfContainers,
  leftOutOfControllers,
  leftOutOfCronJobs,
  leftOutOfJobs,
  leftOutOfPods,
} from '../../../charts/lower/coverage';
import type { Manifest } from '../../../charts/manifest';
import { podsIn } from '../../../charts/pods';
import { inClusters } from '../../../charts/cdk8s';
import { kubernetesTarget } from '../../../charts/target';
import { planWith } from '../../../constructs/pipeline/plan';
import { present } from '../../support/application';
import { compilerOf, type Edits } from '../../support/compiler';
import { deployments } from '../../support/stacks';

const applications = deployments.map(({ stack, environment }) =>
  stack.create(present(stack.environments[environment])),
);
const plans = inClusters(applications).map(
  (application) => planWith(kubernetesTarget, application, new Map()).plan,
);
const pods = plans.flatMap(podsIn);
const objects = plans.flatMap(({ groups }) => groups.flatMap((group) => group.objects));

describe('nothing that is said to be left out is in a stack:', () => {
  const keysOf = (parts: readonly (object | undefined)[]) =>
    parts.flatMap((part) => Object.keys({ ...part }));
  const specsOf = (kinds: readonly Manifest['kind'][]) =>
    objects.flatMap((object) => (kinds.includes(object.kind) && 'spec' in object ? [object.spec] : []));
  const containers = pods.flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers]);
  const cronJobs = objects.flatMap((object) => (object.kind === 'CronJob' ? [object.spec] : []));

  test.each<[string, object, readonly (object | undefined)[]]>([
    ['containers', leftOutOfContainers, containers],
    ['pods', leftOutOfPods, pods.map(({ spec }) => spec)],
    ['controllers', leftOutOfControllers, specsOf(['Deployment', 'StatefulSet'])],
    ['jobs', leftOutOfJobs, [...specsOf(['Job']), ...cronJobs.map((spec) => spec?.jobTemplate.spec)]],
    ['cron jobs', leftOutOfCronJobs, cronJobs],
  ])('%s', (_, leftOut, parts) => {
    const keys = new Set(keysOf(parts));
    expect([...keys].filter((key) => key in leftOut)).toEqual([]);
    expect(keys.size).toBeGreaterThan(3);
  });
});

describe('the compiler sees that a key is forgotten:', () => {
  const errorsIn = compilerOf(['charts/lower/coverage.ts', 'docker/plan.ts']);

  /** The keys that the errors of a file name as missing, error by error. */
  function missing(file: string, edits?: Edits): string[] {
    return errorsIn(file, edits).map(
      (error) =>
        (/Property '(\w+)' is (?:missing|optional)/.exec(error) ?? /: ([\w, ]+)$/.exec(error))?.[1] ?? error,
    );
  }

  test('not without an edit', () => {
    expect(missing('charts/lower/coverage.ts')).toEqual([]);
    expect(missing('docker/plan.ts')).toEqual([]);
  });

  test('in Kubernetes, one that is no longer written', () => {
    const edits = {
      'charts/lower/health.ts': [
        ['return { container: { ...start, livenessProbe: probe(health) } }', 'return {}'],
      ],
      'charts/controller.ts': [['automountServiceAccountToken: false,', '']],
      'charts/lower/scaling.ts': [
        ['return { revisionHistoryLimit, strategy }', 'return { revisionHistoryLimit }'],
        ['progressDeadlineSeconds, strategy }', 'progressDeadlineSeconds }'],
        ['{ job: { ttlSecondsAfterFinished: jobLifetime } }', '{ job: {} }'],
        ["concurrencyPolicy: 'Forbid',", ''],
      ],
    } as const;
    expect(missing('charts/lower/coverage.ts', edits)).toEqual([
      'livenessProbe',
      'automountServiceAccountToken',
      'strategy',
      'ttlSecondsAfterFinished',
      'concurrencyPolicy',
    ]);
  });

  test('in Kubernetes, one that is new in the API', () => {
    const types = ['Container', 'PodSpec', 'DeploymentSpec', 'JobSpec', 'CronJobSpec'];
    const edits = {
      'charts/manifest.ts': types.map(
        (type) => [` = Plain<k8s.${type}>`, ` = { readonly added?: string } & Plain<k8s.${type}>`] as const,
      ),
    };
    expect(missing('charts/lower/coverage.ts', edits)).toEqual(types.map(() => 'added'));
  });

  test('in Kubernetes, one that a function only declares', () => {
    const edits = {
      'charts/lower/health.ts': [
        [
          'lowerLiveness(health: HealthModel, { readiness }: Workload) {',
          'lowerLiveness(health: HealthModel, { readiness }: Workload): Fragment {',
        ],
      ],
    } as const;
    expect(missing('charts/lower/coverage.ts', edits)).toEqual(['livenessProbe']);
  });

  test('in Kubernetes, one that is misspelt', () => {
    const edits = {
      'charts/lower/table.ts': [['{ container: { args: args', '{ container: { arg: args']],
    } as const;
    const [, error] = errorsIn('charts/lower/coverage.ts', edits);
    expect(error).toContain(`Type '"arg"' is not assignable`);
  });

  test.each([
    ['is written only for some values', 'pids', '({ pids })', '(pids > 5 ? { pids } : {})'],
    ['is only declared', 'replicas', '(replicas) => ({ replicas })', '(): Partial<Container> => ({})'],
    ['is no longer written', 'grace', '({ grace: milliseconds })', '({})'],
  ])('in Docker, one that %s', (_, key, from, to) => {
    expect(missing('docker/plan.ts', { 'docker/lower/table.ts': [[from, to]] })).toEqual([key]);
  });

  test('in Docker, one that is new', () => {
    const edits = {
      'docker/container.ts': [['readonly pids: number;', 'readonly pids: number; added: 1;']],
    } as const;
    expect(missing('docker/plan.ts', edits)).toEqual(['added']);
  });
});
