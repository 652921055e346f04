import type { Workload } from '../../constructs/model/workload';
import { selector } from './context';
import { archOf } from './process';
import type { PodSpec } from '../manifest';

/**
 * Where pods run: spread over hosts and zones, and only on Linux, which their security settings need. Pods that share a node
 * must be together. The spread does not contradict this, because it is a wish.
 * @param together the workloads that run on the same node; empty if the workload may run on any node
 */
export function placement(
  { name: workload, platform }: Pick<Workload, 'name' | 'platform'>,
  together: readonly string[],
) {
  const labelSelector = { matchLabels: selector(workload) };
  return {
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(
      (topologyKey) => ({ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway', labelSelector }),
    ),
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
                ...(platform === 'any'
                  ? []
                  : [{ key: 'kubernetes.io/arch', operator: 'In', values: [archOf(platform)] }]),
              ],
            },
          ],
        },
      },
      ...(together.length > 0 && {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: selectorOfAll(together) },
          ],
        },
      }),
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
  } satisfies Partial<PodSpec>;
}

function selectorOfAll(names: readonly string[]) {
  return { matchExpressions: [{ key: 'app.kubernetes.io/instance', operator: 'In', values: [...names] }] };
}
