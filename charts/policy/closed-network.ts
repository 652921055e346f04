import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, objectsIn, ofPods, selects } from './rules';

/** What no reference opens is closed. */
export const closedNetwork: Policy<KubernetesPlan> = {
  name: 'closed-network',
  rule: 'Every pod has a network policy of its own with rules for both directions, and the namespace lets no other connection be.',
  why: 'What no policy is about may connect to all, and be connected to by all, in every namespace.',
  sources: [
    'kube-score pod-networkpolicy',
    'checkov CKV2_K8S_6',
    'Polaris missingNetworkPolicy',
    'kube-linter non-isolated-pod',
    'Trivy KSV-0038',
  ],
  check: ofPods(({ labels }, plan) => {
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
      ...must(closed, 'NetworkPolicy of the namespace', closed, 'one that selects all pods and has no rules'),
      ...must(own.length === 1, 'NetworkPolicy', own.length, 'one that selects the pod by its name'),
      ...own.flatMap((policy) => [
        ...must((policy?.ingress ?? []).length > 0, 'NetworkPolicy ingress', policy?.ingress, 'a rule'),
        ...must((policy?.egress ?? []).length > 0, 'NetworkPolicy egress', policy?.egress, 'a rule'),
      ]),
    ];
  }),
};
