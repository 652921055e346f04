import { Backend } from 'catamaran';
import type { Kubectl } from '../../../charts/apply/kubectl';
import type { Finished } from '../../../constructs/target/runner';
import { finished } from '../../support/runner';
import type { ManifestOf } from '../../../charts/manifest';
import { rollout } from '../../../charts/apply/rollout';
import { onKubernetes, planOfApp, present } from '../../support/application';
import { kubernetesPlan } from '../../support/written';

function deployment(): ManifestOf<'Deployment'> {
  const build = planOfApp((app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 }), onKubernetes);
  const objects = kubernetesPlan(build).groups.flatMap((group) => group.objects);
  return present(objects.flatMap((object) => (object.kind === 'Deployment' ? [object] : []))[0]);
}

const late = 'error: deployment "api" exceeded its progress deadline\n';
const ok = (stdout: string): Finished => finished(stdout);

/** A pod that is not ready. */
function pod(name: string, creationTimestamp: string, status: object): object {
  const conditions = [{ type: 'Ready', status: 'False' }];
  return { metadata: { name, creationTimestamp }, status: { conditions, ...status } };
}

const running = (name: string) => ({ name, ready: false, state: { running: {} } });

/** What is told of a release that is not out, in a cluster with some pods and the logs of containers. */
function failureOf(pods: readonly object[], logs: Readonly<Record<string, string>>): Promise<string> {
  const kubectl: Kubectl = (verb, ...args) => {
    if (verb === 'rollout') return Promise.resolve(finished({ code: 1, stderr: late }));
    if (verb === 'get') return Promise.resolve(ok(JSON.stringify({ items: pods })));
    const log = logs[args.join(' ')];
    return Promise.resolve(log === undefined ? finished({ code: 1, stderr: 'no log\n' }) : ok(log));
  };
  return rollout(deployment(), kubectl).then(
    () => 'out',
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  );
}

const start = 'api: the rollout failed: error: deployment "api" exceeded its progress deadline. ';

test('a release is waited for as kubectl does', async () => {
  const asked: string[] = [];
  const kubectl: Kubectl = (...args) => {
    asked.push(args.join(' '));
    return Promise.resolve(ok(''));
  };
  await rollout(deployment(), kubectl);
  expect(asked).toEqual(['rollout status deployment/api']);
});

test('a release that is not ready in time is told with the last lines of its newest pod', async () => {
  const pods = [
    pod('api-old', '2026-01-01T00:00:00Z', { containerStatuses: [running('api')] }),
    pod('api-new', '2026-01-02T00:00:00Z', { containerStatuses: [running('api')] }),
  ];
  expect(await failureOf(pods, { 'api-new --container api --tail 10': 'one\ntwo\n' })).toBe(
    `${start}Container api of pod api-new is not ready. Its log ends with:\none\ntwo`,
  );
});

test('one that was just started again is told with what the one before said', async () => {
  const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s' };
  const pods = [pod('api-1', '', { containerStatuses: [{ name: 'api', ready: false, state: { waiting } }] })];
  const logs = {
    'api-1 --container api --tail 10': '',
    'api-1 --container api --tail 10 --previous': 'no such table\n',
  };
  expect(await failureOf(pods, logs)).toBe(
    `${start}Container api of pod api-1 is not ready (CrashLoopBackOff: back-off 10s). Its log ends with:\nno such table`,
  );
});

test('a gate that is not passed comes before the container that waits for it', async () => {
  const initContainerStatuses = [
    { name: 'wait-cache', ready: true, state: { terminated: { exitCode: 0 } } },
    running('wait-database'),
  ];
  const pods = [pod('api-1', '', { initContainerStatuses, containerStatuses: [running('api')] })];
  expect(await failureOf(pods, {})).toBe(
    `${start}Container wait-database of pod api-1 is not ready. Its log ends with:\nno log`,
  );
});

test('a pod that no node has room for is told as such', async () => {
  const conditions = [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'Insufficient cpu.' },
  ];
  expect(await failureOf([pod('api-1', '', { conditions })], {})).toBe(
    `${start}Pod api-1 is not ready (Unschedulable: Insufficient cpu.)`,
  );
});

test('pods that are not there, or ready, have nothing to say', async () => {
  const ready = pod('api-1', '', { conditions: [{ type: 'Ready', status: 'True' }] });
  expect(await failureOf([ready], {})).toBe(start.slice(0, -2));
});
