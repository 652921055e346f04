import { setTimeout as sleep } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { printedJson, runAgain, runError } from '../../constructs/target/run-error';
import { reasonOf } from '../../constructs/target/runner';
import type { Kubectl } from './kubectl';
import { because, ending, findUnready, type Unready } from './unready';
import type { ManifestOf } from '../manifest';

/** Milliseconds between two reads of a Job. */
const interval = 2_000;

/** Waiting ends after this number of failed reads in a row. Fewer failures are no problem: the API server may be restarting. */
const maxFailures = 15;

/** A resource for the dependents of a Job to wait for: it exists when the Job has succeeded. */
export function completed(
  job: ManifestOf<'Job'>,
  made: pulumi.CustomResource,
  kubectl: Kubectl,
): pulumi.Input<pulumi.Resource> {
  return pulumi.all([made.id, made.urn]).apply(async ([, urn]) => {
    await completion(job, urn, {
      kubectl,
      pause: () => sleep(interval),
      progress: (text) => pulumi.log.info(text, made),
    });
    return made;
  });
}

/** The means to wait for a Job. */
export interface Waiting {
  readonly kubectl: Kubectl;
  readonly pause: () => Promise<void>;
  /** Shows users why the Job does not make progress. */
  readonly progress: (text: string) => Promise<void>;
}

/**
 * Waits until a Job has ended. The provider does not show the log of a Job, and Kubernetes deletes the pods of a Job that
 * failed. So the logs are read while the Job runs.
 * @throws {pulumi.RunError} if the Job failed, with the end of the log of its last pod
 */
export async function completion(
  { metadata: { name } }: ManifestOf<'Job'>,
  urn: string,
  { kubectl, pause, progress }: Waiting,
): Promise<void> {
  let unready: Unready | undefined;
  for (;;) {
    const end = await endOf(name, kubectl, pause);
    if (end?.type === 'Complete') return;
    if (end) throw runError(failureOf(name, urn, end, unready));
    const now = await findUnready({ 'batch.kubernetes.io/job-name': name }, kubectl);
    if (now && now.state !== unready?.state) await progress(now.state);
    unready = now ?? unready;
    await pause();
  }
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What is read of a Job. */
interface Job {
  readonly status: { readonly conditions?: readonly Condition[] };
}

/** The condition with which a Job has ended; undefined while it runs. */
async function endOf(
  name: string,
  kubectl: Kubectl,
  pause: () => Promise<void>,
): Promise<Condition | undefined> {
  for (let failures = 1; ; failures += 1) {
    const finished = await kubectl('get', 'job', name, '--output', 'json');
    const { code, stdout, stderr } = finished;
    if (code === 0) {
      const { status } = printedJson(`kubectl get job ${name}`, stdout) as Job;
      const ends = ['Complete', 'Failed'];
      return status.conditions?.find((one) => ends.includes(one.type) && one.status === 'True');
    }
    if (failures === maxFailures || stderr.includes('(NotFound)'))
      throw runError(`${name}: the job cannot be read from the cluster: ${reasonOf('kubectl', finished)}`);
    await pause();
  }
}

function failureOf(name: string, urn: string, end: Condition, unready: Unready | undefined): string {
  return `${name}: the job failed${because(end)}. ${runAgain(urn)}${ending(unready)}`;
}
