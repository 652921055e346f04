import type { Policy } from '../../constructs/policy/policy';
import type { PodSpec } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';
import { podRunsForever, faultUnless, eachPod, selects } from './rules';

export const disruptionBudgets: Policy<KubernetesPlan> = {
  name: 'disruption-budgets',
  rule: 'Every Deployment and StatefulSet has a PodDisruptionBudget that lets nodes be drained one pod at a time.',
  why: 'Without a budget, draining nodes can stop all replicas at once. With a budget that allows no disruption, or that protects unhealthy pods, the drain never ends.',
  sources: [
    'kube-score deployment-has-poddisruptionbudget',
    'kube-score statefulset-has-poddisruptionbudget',
    'Polaris missingPodDisruptionBudget',
    'kube-linter pdb-max-unavailable',
    'kube-linter pdb-unhealthy-pod-eviction-policy',
  ],
  check: eachPod((pod, plan) => {
    if (!podRunsForever(pod)) return [];
    const most = sharesNode(pod.spec) ? '100%' : 1;
    const budgets = objectsIn(plan).flatMap((object) =>
      object.kind === 'PodDisruptionBudget' && selects(object.spec?.selector?.matchLabels, pod.labels)
        ? [object.spec]
        : [],
    );
    return [
      ...faultUnless(budgets.length === 1, 'number of PodDisruptionBudgets for the pod', budgets.length, '1'),
      ...budgets.flatMap((budget) => [
        ...faultUnless(
          budget?.maxUnavailable === most,
          'PodDisruptionBudget maxUnavailable',
          budget?.maxUnavailable,
          String(most),
        ),
        ...faultUnless(
          budget?.unhealthyPodEvictionPolicy === 'AlwaysAllow',
          'PodDisruptionBudget unhealthyPodEvictionPolicy',
          budget?.unhealthyPodEvictionPolicy,
          'AlwaysAllow',
        ),
      ]),
    ];
  }),
};

/** Whether a pod runs only where others run. Then pods cannot leave their node one at a time. */
function sharesNode({ affinity }: PodSpec): boolean {
  return (affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).length > 0;
}
