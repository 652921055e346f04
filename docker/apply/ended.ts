import type * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { runAgain, runError } from '../../constructs/target/run-error';

/** A resource that dependents of a workload wait for: its container runs, or has succeeded if it is a job. */
export type Ready = pulumi.Input<pulumi.Resource>;

/**
 * Waits until a container has ended, and fails if its exit code is not 0. The provider does not check the exit code:
 * it counts a container that failed as created.
 * @param subject the start of the error message, such as `migration: the job`
 */
export function succeeded(job: docker.Container, subject: string): Ready {
  // With `pulumi up --target` the container may not exist. It has no id then, and the code below does not run.
  return pulumi.all([job.exitCode, job.containerLogs, job.urn, job.id]).apply(([code, logs, urn]) => {
    if (code === 0) return job;
    throw runError(failureOf(subject, urn, code, logs));
  });
}

/** The error message for a container that failed. */
export function failureOf(subject: string, urn: string, code: number, logs: string): string {
  return `${subject} failed with exit code ${code}. ${runAgain(urn)}. Its log ends with:\n${lastLines(logs)}`;
}

/** The last lines of a log. */
export function lastLines(text: string, count = 10): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
