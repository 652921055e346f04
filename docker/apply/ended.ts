import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';

/** The containers of a workload that run, or have run, and what they were told to wait for. */
export type Ready = pulumi.Input<pulumi.Resource>;

/** A container that has run and ended well: the provider takes one that failed for one that was made. */
export function succeeded(job: docker.Container, name: string): Ready {
  // What was never made, as with `pulumi up --target`, has no id, and nothing is asked of it.
  return pulumi.all([job.exitCode, job.containerLogs, job.urn, job.id]).apply(([code, logs, urn]) => {
    if (code === 0) return job;
    throw runError(complaint(name, urn, code, logs));
  });
}

/** What is told of a job that failed. */
export function complaint(name: string, urn: string, code: number, logs: string): string {
  const advice = `mend it, or run it again with pulumi up --replace '${urn}'`;
  return `${name}: exited with ${code}; ${advice}. It said:\n${lastLines(logs)}`;
}

/** The end of what a program printed. */
export function lastLines(text: string, count = 10): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
