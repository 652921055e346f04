import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPod } from './rules';

export const spreadPods: Policy<KubernetesPlan> = {
  name: 'spread-pods',
  rule: 'Pods are spread over hosts and zones, and run only on Linux nodes.',
  why: 'If all replicas are on one host, they fail together. On Windows nodes, the security settings of pods do not work.',
  sources: [
    'kube-score deployment-has-host-podantiaffinity',
    'Polaris topologySpreadConstraint',
    'kube-linter no-anti-affinity',
    'kube-linter no-node-affinity',
  ],
  check: eachPod(({ spec: { topologySpreadConstraints = [], affinity = {} } }) => {
    const keys = topologySpreadConstraints.map(({ topologyKey }) => topologyKey);
    const { nodeAffinity, podAntiAffinity } = affinity;
    const apart = [
      ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ];
    const terms = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
    return [
      ...['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].flatMap((key) =>
        faultUnless(keys.includes(key), 'topologySpreadConstraints', keys, `a constraint for ${key} as well`),
      ),
      ...faultUnless(
        apart.length > 0,
        'affinity.podAntiAffinity',
        undefined,
        'a rule for the pods of the same name',
      ),
      ...faultUnless(
        terms.length > 0,
        'affinity.nodeAffinity',
        undefined,
        'a rule for kubernetes.io/os: linux',
      ),
    ];
  }),
};
