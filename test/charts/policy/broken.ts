import { Health, ReverseProxy, Route, Schedule, ScheduledJob } from 'catamaran';
import type { Kind, Manifest } from '../../../charts/manifest';
import type { KubernetesPlan } from '../../../charts/plan';
import type { Pin, Pins } from '../../../constructs/compile/pins';
import type { Policy, Violation } from '../../../constructs/policy/policy';
import { onKubernetes, planOfApp, type Build } from '../../support/application';
import { addShop } from '../../support/shop';
import { kubernetesPlan } from '../../support/written';

const build: Build = (app) => {
  const api = addShop(app, { api: { replicas: 2, health: Health.http('/ready') } });
  new ScheduledJob(app, 'report', {
    image: 'api:1.0',
    command: ['report'],
    schedule: Schedule.cron('@daily'),
  });
  new ReverseProxy(app, 'proxy', { replicas: 2, routes: [Route.path('/', api)] });
};

const pin: Pin = { digest: `sha256:${'a'.repeat(64)}`, platforms: ['linux/amd64'] };
const pins: Pins = new Map(
  ['api:1.0', 'postgres:17', 'nginxinc/nginx-unprivileged:1.27'].map((name) => [name, pin] as const),
);

/** An application that keeps every policy. */
export const kept: KubernetesPlan = kubernetesPlan(
  planOfApp(build, onKubernetes, { owner: { email: 'shop@example.com' } }, pins),
);

/** Tests of a policy: it finds the violation of each plan, and none where nothing is overridden. */
export function testPolicy(
  policy: Policy<KubernetesPlan>,
  violations: readonly (readonly [broken: string, plan: KubernetesPlan, violation: Violation])[],
): void {
  test.each(violations)('a violation: %s', (_, plan, violation) => {
    expect(policy.check(plan)).toEqual([violation]);
  });

  test('what components make keeps the policy', () => {
    expect(policy.check(kept)).toEqual([]);
  });
}

/** Where a pod is in each controller. */
export const pod = {
  Deployment: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
} as const;

/** Where the container of a program is in its controller. */
export const container = {
  Deployment: [...pod.Deployment, 'containers', '0'],
  CronJob: [...pod.CronJob, 'containers', '0'],
} as const;

/** The same with another value at one place of one object, as an override makes it; undefined takes it away. */
export function broken(kind: Kind, name: string, path: readonly string[], value: unknown): KubernetesPlan {
  let changed = 0;
  const groups = kept.groups.map((group) => ({
    ...group,
    objects: group.objects.map((object) => {
      if (object.kind !== kind || object.metadata.name.replace(/-[0-9a-f]{8}$/, '') !== name) return object;
      changed += 1;
      return withValue(object, path, value) as Manifest;
    }),
  }));
  if (changed !== 1) throw new Error(`${changed} objects are ${kind}/${name}`);
  return { ...kept, groups };
}

/** The same without one object. */
export function without(kind: Kind, name: string): KubernetesPlan {
  const isOther = (object: Manifest) => object.kind !== kind || object.metadata.name !== name;
  const groups = kept.groups.map((group) => ({ ...group, objects: group.objects.filter(isOther) }));
  return { ...kept, groups };
}

function withValue(data: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(data))
    return data.map((item: unknown, index) => (String(index) === key ? withValue(item, rest, value) : item));
  const object = data as Readonly<Record<string, unknown>> | undefined;
  return { ...object, [key]: withValue(object?.[key], rest, value) };
}
