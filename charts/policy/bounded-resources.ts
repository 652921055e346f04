import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPodContainer } from './rules';

export const boundedResources: Policy<KubernetesPlan> = {
  name: 'bounded-resources',
  rule: 'Every container has requests and limits for CPU, memory and ephemeral storage.',
  why: 'A container without limits can take what other containers need. One without requests can land on a node that has no room for it.',
  sources: [
    'kube-score container-resources',
    'checkov CKV_K8S_10',
    'checkov CKV_K8S_13',
    'Trivy KSV-0011',
    'Trivy KSV-0018',
    'Polaris memoryLimitsMissing',
    'kube-linter unset-memory-requirements',
  ],
  check: eachPodContainer(({ resources: { requests = {}, limits = {} } = {} }) =>
    ['cpu', 'memory', 'ephemeral-storage'].flatMap((resource) => [
      ...faultUnless(
        requests[resource] !== undefined,
        `resources.requests.${resource}`,
        undefined,
        'an amount, such as 100m or 64Mi',
      ),
      ...faultUnless(
        limits[resource] !== undefined,
        `resources.limits.${resource}`,
        undefined,
        'an amount, such as 100m or 64Mi',
      ),
    ]),
  ),
};
