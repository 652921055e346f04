import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofContainers } from './rules';

/** Nobody takes what others need. */
export const boundedResources: Policy<KubernetesPlan> = {
  name: 'bounded-resources',
  rule: 'Every container has requests and limits of processor, memory and ephemeral storage.',
  why: 'One that has no limit takes what its neighbours need, and one that requests nothing is put where nothing is left.',
  sources: [
    'kube-score container-resources',
    'checkov CKV_K8S_10',
    'checkov CKV_K8S_13',
    'Trivy KSV-0011',
    'Trivy KSV-0018',
    'Polaris memoryLimitsMissing',
    'kube-linter unset-memory-requirements',
  ],
  check: ofContainers(({ resources: { requests = {}, limits = {} } = {} }) =>
    ['cpu', 'memory', 'ephemeral-storage'].flatMap((resource) => [
      ...must(requests[resource] !== undefined, `resources.requests.${resource}`, undefined, 'an amount'),
      ...must(limits[resource] !== undefined, `resources.limits.${resource}`, undefined, 'an amount'),
    ]),
  ),
};
