import type { ScheduleModel } from '../../constructs/model/schedule';
import { toSeconds } from '../../constructs/model/units';
import { runsForever, type Autoscaling, type Deadline, type Workload } from '../../constructs/model/workload';
import { merge } from '../../constructs/target/merge';
import { manifest, runAs, selector, type Context, type Writes } from './context';

/** How a release replaces the one before it, and the disruption budget. */
export function lowerRun(
  run: Workload['run'],
  workload: Workload,
  context: Context,
): Writes<never, 'restartPolicy'> {
  const disruption = runsForever(run)
    ? [
        manifest(context, 'policy/v1', 'PodDisruptionBudget', workload.name, {
          spec: {
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: 'AlwaysAllow',
            selector: { matchLabels: selector(workload.name) },
          },
        }),
      ]
    : [];
  return merge(release(runAs(context, workload), workload.deadline), {
    ...cleanup(workload, context),
    objects: disruption,
  });
}

/** Seconds for which a Job and its log stay after the run has ended. */
export const jobLifetime = 86_400;

function cleanup({ name, run }: Workload, { model }: Context): Writes {
  const awaited = model.workloads.some(({ after }) => after.some(({ workload }) => workload === name));
  return run === 'once' && !awaited ? { job: { ttlSecondsAfterFinished: jobLifetime } } : {};
}

function release(run: Workload['run'], deadline: Deadline): Writes<never, 'restartPolicy'> {
  const seconds = deadline.kind === 'after' ? toSeconds(deadline.time) : undefined;
  switch (run) {
    case 'service':
      return {
        controller: {
          revisionHistoryLimit: 5,
          ...(seconds !== undefined && { progressDeadlineSeconds: seconds }),
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        },
        pod: { restartPolicy: 'Always' },
      };
    case 'stateful':
      return {
        controller: { revisionHistoryLimit: 5, updateStrategy: { type: 'RollingUpdate' } },
        pod: { restartPolicy: 'Always' },
      };
    case 'once':
      return {
        job: { backoffLimit: 3, ...(seconds !== undefined && { activeDeadlineSeconds: seconds }) },
        pod: { restartPolicy: 'OnFailure' },
      };
    case 'scheduled':
      return { pod: { restartPolicy: 'OnFailure' } };
  }
}

/** When a CronJob starts a Job, and how often a Job is tried. */
export function lowerSchedule(schedule: ScheduleModel): Writes {
  if (schedule.kind === 'none') return {};
  const { expression, timeZone, startWithin, timeout, retries } = schedule;
  return {
    cronJob: {
      schedule: expression,
      timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: toSeconds(startWithin),
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    },
    // A Job counts restarts, not failed tries: it fails as soon as try number backoffLimit + 1 starts.
    job: { backoffLimit: retries + 1, activeDeadlineSeconds: toSeconds(timeout) },
  };
}

/** The number of pods. If there is an autoscaler, it sets the number. */
export function lowerReplicas(replicas: number, { run, autoscaling }: Workload): Writes {
  return runsForever(run) && autoscaling.kind === 'none' ? { controller: { replicas } } : {};
}

/** An autoscaler that reacts to the use of CPU. */
export function lowerAutoscaling(
  autoscaling: Autoscaling,
  { name, replicas }: Workload,
  context: Context,
): Writes {
  if (autoscaling.kind === 'none') return {};
  const target = { type: 'Utilization', averageUtilization: autoscaling.targetPercent };
  return {
    objects: [
      manifest(context, 'autoscaling/v2', 'HorizontalPodAutoscaler', name, {
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
          minReplicas: replicas,
          maxReplicas: autoscaling.max,
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
          behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
        },
      }),
    ],
  };
}
