import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { podRunsForever, must, objectsIn, ofPods, selects } from './rules';

/** Nodes are drained one pod after the other. */
export const disruptionBudgets: Policy<KubernetesPlan> = {
  name: 'disruption-budgets',
  rule: 'What runs for ever has a budget of disruptions, which lets nodes be drained.',
  why: 'Without one, a drain takes all replicas at once; with one that allows none, or counts those that fail, it never ends.',
  sources: [
    'kube-score deployment-has-poddisruptionbudget',
    'kube-score statefulset-has-poddisruptionbudget',
    'Polaris missingPodDisruptionBudget',
    'kube-linter pdb-max-unavailable',
    'kube-linter pdb-unhealthy-pod-eviction-policy',
  ],
  check: ofPods((pod, plan) => {
    if (!podRunsForever(pod)) return [];
    const budgets = objectsIn(plan).flatMap((object) =>
      object.kind === 'PodDisruptionBudget' && selects(object.spec?.selector?.matchLabels, pod.labels)
        ? [object.spec]
        : [],
    );
    return [
      ...must(budgets.length === 1, 'PodDisruptionBudget', budgets.length, 'one'),
      ...budgets.flatMap((budget) => [
        ...must(
          budget?.maxUnavailable === 1,
          'PodDisruptionBudget maxUnavailable',
          budget?.maxUnavailable,
          '1',
        ),
        ...must(
          budget?.unhealthyPodEvictionPolicy === 'AlwaysAllow',
          'PodDisruptionBudget unhealthyPodEvictionPolicy',
          budget?.unhealthyPodEvictionPolicy,
          'AlwaysAllow',
        ),
      ]),
    ];
  }),
};
