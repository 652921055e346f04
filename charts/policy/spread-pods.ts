import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofPods } from './rules';

/** One host or zone that fails takes one replica along. */
export const spreadPods: Policy<KubernetesPlan> = {
  name: 'spread-pods',
  rule: 'Pods are spread over hosts and zones, on nodes of Linux.',
  why: 'Replicas on one host are gone together. On a node of Windows, what holds a pod back does not.',
  sources: [
    'kube-score deployment-has-host-podantiaffinity',
    'Polaris topologySpreadConstraint',
    'kube-linter no-anti-affinity',
    'kube-linter no-node-affinity',
  ],
  check: ofPods(({ spec: { topologySpreadConstraints = [], affinity = {} } }) => {
    const keys = topologySpreadConstraints.map(({ topologyKey }) => topologyKey);
    const { nodeAffinity, podAntiAffinity } = affinity;
    const apart = [
      ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ];
    const terms = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
    return [
      ...['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].flatMap((key) =>
        must(keys.includes(key), 'topologySpreadConstraints', keys, key),
      ),
      ...must(apart.length > 0, 'affinity.podAntiAffinity', undefined, 'the pods of the same name'),
      ...must(terms.length > 0, 'affinity.nodeAffinity', undefined, 'kubernetes.io/os: linux'),
    ];
  }),
};
