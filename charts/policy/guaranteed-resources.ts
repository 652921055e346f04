import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** The last to be evicted are those of the class Guaranteed. */
export const guaranteedResources: Policy<KubernetesPlan> = {
  name: 'guaranteed-resources',
  rule: 'What a container may take is kept free for it: its requests are its limits.',
  why:
    'A node that has promised more than it has evicts pods under load, those first that take more than they request. ' +
    'An environment whose qualityOfService is burstable chooses that, and says why in its exceptions.',
  sources: [
    'kube-score container-resource-requests-equal-limits',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  ],
  check: ofContainers(({ resources: { requests = {}, limits = {} } = {} }) =>
    Object.entries(limits).flatMap(([resource, limit]) =>
      must(
        requests[resource] === limit,
        `resources.requests.${resource}`,
        requests[resource],
        `${limit}, or nothing of qualityOfService`,
      ),
    ),
  ),
};
