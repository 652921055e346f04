import { closedNetwork } from '../../../charts/policy/closed-network';
import { broken, testPolicy, without } from './broken';

testPolicy(closedNetwork, [
  [
    'a workload without a network policy',
    without('NetworkPolicy', 'api'),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'number of NetworkPolicies for the pod',
      got: 0,
      write: '1',
    },
  ],
  [
    'a policy without rules for incoming connections',
    broken('NetworkPolicy', 'api', ['spec', 'ingress'], []),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'NetworkPolicy ingress',
      got: [],
      write: 'at least one rule',
    },
  ],
]);
