import { Migration } from 'catamaran';
import { completion } from '../../../charts/apply/completion';
import type { Kubectl } from '../../../charts/apply/kubectl';
import type { Finished } from '../../../constructs/target/runner';
import { finished } from '../../support/runner';
import type { ManifestOf } from '../../../charts/manifest';
import { onKubernetes, planOfApp, present } from '../../support/application';
import { kubernetesPlan } from '../../support/written';

function migration(): ManifestOf<'Job'> {
  const build = planOfApp(
    (app) =>
      new Migration(app, 'migration', {
        image: 'api:1.0',
        command: ['migrate'],
        check: ['migrate', '--check'],
      }),
    onKubernetes,
  );
  const objects = kubernetesPlan(build).groups.flatMap((group) => group.objects);
  return present(objects.flatMap((object) => (object.kind === 'Job' ? [object] : []))[0]);
}

const ok = (value: object): Finished => finished(JSON.stringify(value));
const failed = (stderr: string): Finished => finished({ code: 1, stderr });

/** What kubectl says of the Job and of its pods, and logs, at one look. */
interface Look {
  readonly job: Finished;
  readonly pods?: readonly object[];
  readonly log?: string;
}

const going = ok({ status: {} });
const ended = (type: string, more: object = {}) =>
  ok({
    status: {
      conditions: [
        { type: 'FailureTarget', status: 'True' },
        { type, status: 'True', ...more },
      ],
    },
  });

/** A pod whose container waits for its next try. */
function waiting(reason: string): object {
  const container = { name: 'migration', ready: false, state: { waiting: { reason } } };
  return {
    metadata: { name: 'migration-1', creationTimestamp: '' },
    status: { containerStatuses: [container] },
  };
}

/** Waits for a Job that is looked at so often; the last look is repeated. */
async function waitedFor(looks: readonly Look[]) {
  const job = migration();
  const told: string[] = [];
  const asked: string[] = [];
  let pauses = 0;
  const now = () => present(looks[Math.min(pauses, looks.length - 1)]);
  const kubectl: Kubectl = (...args) => {
    asked.push(args.join(' '));
    const { job: found, pods = [], log = '' } = now();
    if (args[0] === 'logs') return Promise.resolve(finished(log));
    return Promise.resolve(args[1] === 'job' ? found : ok({ items: pods }));
  };
  const end = await completion(job, 'urn:job', {
    kubectl,
    pause: () => {
      pauses += 1;
      return Promise.resolve();
    },
    progress: (text) => {
      told.push(text);
      return Promise.resolve();
    },
  }).then(
    () => 'complete',
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  );
  return { name: job.metadata.name, end, told, asked, pauses };
}

test('a Job is waited for until it is complete', async () => {
  const { name, end, asked } = await waitedFor([{ job: going }, { job: ended('Complete') }]);
  expect(end).toBe('complete');
  expect(asked).toEqual([
    `get job ${name} --output json`,
    `get pods --output json --selector batch.kubernetes.io/job-name=${name}`,
    `get job ${name} --output json`,
  ]);
});

test('one that fails is told with what its last try printed, whose pod is gone by then', async () => {
  const message = 'Job has reached the specified backoff limit';
  const { name, end } = await waitedFor([
    { job: going, pods: [waiting('CrashLoopBackOff')], log: 'one\n' },
    { job: going, pods: [waiting('CrashLoopBackOff')], log: 'division by zero\n' },
    { job: ended('Failed', { reason: 'BackoffLimitExceeded', message }) },
  ]);
  expect(end).toBe(
    `${name}: the job failed (BackoffLimitExceeded: ${message}). Correct it, or run it again with ` +
      "pulumi up --replace 'urn:job'. " +
      'Container migration of pod migration-1 is not ready (CrashLoopBackOff). Its log ends with:\ndivision by zero',
  );
});

test('one that fails before it has a pod is told with the reason alone', async () => {
  const { name, end } = await waitedFor([{ job: ended('Failed', { reason: 'DeadlineExceeded' }) }]);
  expect(end).toBe(
    `${name}: the job failed (DeadlineExceeded). Correct it, or run it again with pulumi up --replace 'urn:job'`,
  );
});

test('what it waits for is told once, until it is something else', async () => {
  const { told } = await waitedFor([
    { job: going, pods: [waiting('ErrImagePull')] },
    { job: going, pods: [waiting('ErrImagePull')] },
    { job: going, pods: [waiting('CrashLoopBackOff')] },
    { job: ended('Complete') },
  ]);
  expect(told).toEqual([
    'Container migration of pod migration-1 is not ready (ErrImagePull)',
    'Container migration of pod migration-1 is not ready (CrashLoopBackOff)',
  ]);
});

test('a cluster that does not answer for a moment is asked again', async () => {
  const refused = failed('The connection to the server was refused');
  const { end } = await waitedFor([{ job: refused }, { job: refused }, { job: ended('Complete') }]);
  expect(end).toBe('complete');
});

test('a cluster that does not answer any more is given up', async () => {
  const { name, end, pauses } = await waitedFor([{ job: failed('The connection was refused\n') }]);
  expect(end).toBe(`${name}: the job cannot be read from the cluster: The connection was refused`);
  expect(pauses).toBe(14);
});

test('one that somebody has deleted is given up at once', async () => {
  const gone = 'Error from server (NotFound): jobs.batch "migration" not found';
  const { name, end, pauses } = await waitedFor([{ job: failed(gone) }]);
  expect(end).toBe(`${name}: the job cannot be read from the cluster: ${gone}`);
  expect(pauses).toBe(0);
});

test.each([
  ['', 'nothing'],
  ['<html>Log in</html>', '"<html>Log in</html>"'],
])('a kubectl that prints no JSON is told in words: %j', async (stdout, printed) => {
  const { name, end } = await waitedFor([{ job: finished(stdout) }]);
  expect(end).toBe(
    `kubectl get job ${name} printed ${printed} instead of JSON: run it by hand, correct what stands in its place, then run pulumi up again`,
  );
});
