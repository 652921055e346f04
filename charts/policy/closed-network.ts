import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';
import { faultUnless, eachPod, selects } from './rules';

export const closedNetwork: Policy<KubernetesPlan> = {
  name: 'closed-network',
  rule: 'Every pod has its own network policy with rules for both directions. Another policy of the namespace forbids every other connection.',
  why: 'A pod without a network policy can connect to every pod of every namespace, and every pod can connect to it.',
  sources: [
    'kube-score pod-networkpolicy',
    'checkov CKV2_K8S_6',
    'Polaris missingNetworkPolicy',
    'kube-linter non-isolated-pod',
    'Trivy KSV-0038',
  ],
  check: eachPod(({ labels }, plan) => {
    const policies = objectsIn(plan).flatMap((object) =>
      object.kind === 'NetworkPolicy' ? [object.spec] : [],
    );
    const size = (policy: (typeof policies)[number]) =>
      Object.keys(policy?.podSelector.matchLabels ?? {}).length;
    const own = policies.filter(
      (policy) => size(policy) > 0 && selects(policy?.podSelector.matchLabels, labels),
    );
    const closed = policies.some((policy) => size(policy) === 0 && policy?.policyTypes?.length === 2);
    return [
      ...faultUnless(
        closed,
        'NetworkPolicy of the namespace',
        undefined,
        'one that selects all pods and allows nothing',
      ),
      ...faultUnless(own.length === 1, 'number of NetworkPolicies for the pod', own.length, '1'),
      ...own.flatMap((policy) => [
        ...faultUnless(
          (policy?.ingress ?? []).length > 0,
          'NetworkPolicy ingress',
          policy?.ingress,
          'at least one rule',
        ),
        ...faultUnless(
          (policy?.egress ?? []).length > 0,
          'NetworkPolicy egress',
          policy?.egress,
          'at least one rule',
        ),
      ]),
    ];
  }),
};
