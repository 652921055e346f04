import type { Autoscaling, Workload } from '../../constructs/model/workload';
import { manifest, selector, type Context, type Fragment } from '../context';
import type { ControllerSpec } from '../manifest';

/** How a release replaces the one before it. */
export function lowerRun(run: Workload['run'], workload: Workload, context: Context): Fragment {
  const disruption =
    run === 'once'
      ? []
      : [
          manifest(context, 'policy/v1', 'PodDisruptionBudget', workload.name, {
            spec: {
              maxUnavailable: 1,
              unhealthyPodEvictionPolicy: 'AlwaysAllow',
              selector: { matchLabels: selector(workload.name) },
            },
          }),
        ];
  return {
    controller: release[run],
    pod: { restartPolicy: run === 'once' ? 'OnFailure' : 'Always' },
    objects: disruption,
  };
}

const release: Readonly<Record<Workload['run'], ControllerSpec>> = {
  service: {
    revisionHistoryLimit: 5,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
  },
  stateful: { revisionHistoryLimit: 5, updateStrategy: { type: 'RollingUpdate' } },
  once: { backoffLimit: 3, activeDeadlineSeconds: 1800 },
};

/** The number of pods, which an autoscaler owns where there is one, and their spread over hosts and zones. */
export function lowerReplicas(replicas: number, { name, run, autoscaling }: Workload): Fragment {
  if (run === 'once') return {};
  const labelSelector = { matchLabels: selector(name) };
  return {
    ...(autoscaling.kind === 'none' && { controller: { replicas } }),
    pod: {
      topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
        (topologyKey) => ({
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector,
        }),
      ),
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
          ],
        },
      },
    },
  };
}

/** An autoscaler on CPU. */
export function lowerAutoscaling(
  autoscaling: Autoscaling,
  { name, replicas }: Workload,
  context: Context,
): Fragment {
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
