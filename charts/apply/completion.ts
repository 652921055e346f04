import { setTimeout as sleep } from 'node:timers/promises';
import * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';
import type { Kubectl } from './kubectl';
import { lastWords, tell, type LastWords } from './last-words';
import type { ManifestOf } from '../manifest';

/** Milliseconds between two looks at a Job. */
const interval = 2_000;

/** How often in a row a cluster may fail to answer: it may be about to start again. */
const patience = 15;

/** What dependents of a Job wait for: that it has run, and ended well. */
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

/** What a Job is waited for with. */
export interface Waiting {
  readonly kubectl: Kubectl;
  readonly pause: () => Promise<void>;
  /** Tells what the Job waits for. */
  readonly progress: (text: string) => Promise<void>;
}

/**
 * Waits until a Job has ended. The provider says nothing of what it printed, and a cluster deletes the pods of one that
 * failed: so they are asked while they are there.
 * @throws {pulumi.RunError} where it failed, with the last lines of its last try
 */
export async function completion(
  { metadata: { name } }: ManifestOf<'Job'>,
  urn: string,
  { kubectl, pause, progress }: Waiting,
): Promise<void> {
  let words: LastWords | undefined;
  for (;;) {
    const end = await endOf(name, kubectl, pause);
    if (end?.type === 'Complete') return;
    if (end) throw runError(complaint(name, urn, end, words));
    const now = await lastWords({ 'batch.kubernetes.io/job-name': name }, kubectl);
    if (now && now.state !== words?.state) await progress(now.state);
    words = now ?? words;
    await pause();
  }
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** How a Job has ended; undefined where it has not. */
async function endOf(
  name: string,
  kubectl: Kubectl,
  pause: () => Promise<void>,
): Promise<Condition | undefined> {
  for (let failures = 1; ; failures += 1) {
    const { code, stdout, stderr } = await kubectl('get', 'job', name, '--output', 'json');
    if (code === 0) {
      const { status } = JSON.parse(stdout) as { readonly status: { readonly conditions?: Condition[] } };
      const ends = ['Complete', 'Failed'];
      return status.conditions?.find((one) => ends.includes(one.type) && one.status === 'True');
    }
    if (failures === patience || stderr.includes('(NotFound)')) throw runError(`${name}: ${stderr.trim()}`);
    await pause();
  }
}

function complaint(
  name: string,
  urn: string,
  { reason, message }: Condition,
  words: LastWords | undefined,
): string {
  const why = [reason, message].filter((part) => part !== undefined).join(': ');
  const advice = `mend it, or run it again with pulumi up --replace '${urn}'`;
  return `${name}: ${why}; ${advice}${words ? tell(words) : ''}`;
}
