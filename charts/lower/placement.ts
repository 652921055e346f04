import type { Workload } from '../../constructs/model/workload';
import { selector } from './context';
import { archOf } from './process';
import type { PodSpec } from '../manifest';

/** Where pods run: spread over hosts and zones, and only on Linux, which their security settings need. */
export function placement({ name: workload, platform }: Pick<Workload, 'name' | 'platform'>) {
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
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
  } satisfies Partial<PodSpec>;
}
