import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';

export const guaranteedResources: Policy<KubernetesPlan> = {
  name: 'guaranteed-resources',
  rule: 'Every container requests as much as its limits allow.',
  why: 'A node with little memory left evicts pods that use more than they request. An environment with `qualityOfService` burstable accepts that, and needs an exception.',
  sources: [
    'kube-score container-resource-requests-equal-limits',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  ],
  check: eachPodContainer(({ resources: { requests = {}, limits = {} } = {} }) =>
    Object.entries(limits).flatMap(([resource, limit]) =>
      faultUnless(
        requests[resource] === limit,
        `resources.requests.${resource}`,
        requests[resource],
        `${limit}, or leave out qualityOfService`,
      ),
    ),
  ),
};
