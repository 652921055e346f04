import type { ScheduleModel } from '../../constructs/model/schedule';
import { toSeconds } from '../../constructs/model/units';
import { runsForever, type Autoscaling, type Deadline, type Workload } from '../../constructs/model/workload';
import { merge } from '../../constructs/target/merge';
import { onOneNode } from './shared-volumes';
import { manifest, runAs, selector, type Context, type Fragment } from './context';

/** How a release replaces the one before it, and the disruption budget. */
export function lowerRun(run: Workload['run'], workload: Workload, context: Context) {
  const disruption = runsForever(run)
    ? [
        manifest(context, 'policy/v1', 'PodDisruptionBudget', workload.name, {
          spec: {
            // Pods that share a node cannot move to another one after the other, so a budget of 1 would stop a drain.
            maxUnavailable: onOneNode(workload, context).length > 0 ? '100%' : 1,
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

function cleanup({ name, run }: Workload, { model }: Context) {
  const awaited = model.workloads.some(({ after }) => after.some(({ workload }) => workload === name));
  if (run !== 'once' || awaited) return {};
  return { job: { ttlSecondsAfterFinished: jobLifetime } } satisfies Fragment;
}

function release(run: Workload['run'], deadline: Deadline) {
  switch (run) {
    case 'service':
      return {
        controller: rollout(deadline),
        pod: { restartPolicy: 'Always' },
      } satisfies Fragment;
    case 'stateful':
      return {
        controller: { revisionHistoryLimit: 5, updateStrategy: { type: 'RollingUpdate' } },
        pod: { restartPolicy: 'Always' },
      } satisfies Fragment;
    case 'once':
      return {
        job: {
          backoffLimit: 3,
          ...(deadline.kind === 'after' && { activeDeadlineSeconds: toSeconds(deadline.time) }),
        },
        pod: { restartPolicy: 'OnFailure' },
      } satisfies Fragment;
    case 'scheduled':
      return { pod: { restartPolicy: 'OnFailure' } } satisfies Fragment;
  }
}

function rollout(deadline: Deadline) {
  const revisionHistoryLimit = 5;
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
  if (deadline.kind === 'none') return { revisionHistoryLimit, strategy } satisfies Fragment['controller'];
  const progressDeadlineSeconds = toSeconds(deadline.time);
  return { revisionHistoryLimit, progressDeadlineSeconds, strategy } satisfies Fragment['controller'];
}

/** When a CronJob starts a Job, and how often a Job is tried. */
export function lowerSchedule(schedule: ScheduleModel) {
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
  } satisfies Fragment;
}

/** The number of pods. If there is an autoscaler, it sets the number. */
export function lowerReplicas(replicas: number, { run, autoscaling }: Workload) {
  if (!runsForever(run) || autoscaling.kind !== 'none') return {};
  return { controller: { replicas } } satisfies Fragment;
}

/** An autoscaler that reacts to the use of CPU. */
export function lowerAutoscaling(autoscaling: Autoscaling, { name, replicas }: Workload, context: Context) {
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
  } satisfies Fragment;
}
