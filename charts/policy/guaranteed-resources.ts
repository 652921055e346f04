import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { eachPodContainer } from './rules';

export const guaranteedResources: Policy<KubernetesPlan> = {
  name: 'guaranteed-resources',
  rule: 'Every container requests as much as its limits allow.',
  why: 'A node with little memory left evicts pods that use more than they request, and a busy node gives a container only the CPU that it requests. A pod with guaranteed resources costs as much as its limits.',
  sources: [
    'kube-score container-resource-requests-equal-limits',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  ],
  check: () => [],
  // Requests are what was asked for. A team pays for more only if it chooses to.
  advise: eachPodContainer(({ resources: { requests = {}, limits = {} } = {} }) => {
    const lower = Object.entries(limits).filter(([resource, limit]) => requests[resource] !== limit);
    if (lower.length === 0) return [];
    const got = lower.map(([resource]) => resource).join(' and ');
    const write = "qualityOfService: 'guaranteed' in the environment, if the difference must be reserved";
    return [
      {
        field: 'resources',
        got,
        write,
        sentence: `requests less ${got} than its limit: write ${write}`,
      },
    ];
  }),
};
