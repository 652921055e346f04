import { closedNetwork } from '../../../charts/policy/closed-network';
import { broken, testPolicy, without } from './broken';

testPolicy(closedNetwork, [
  [
    'no policy',
    without('NetworkPolicy', 'api'),
    {
      workload: 'api',
      field: 'Deployment/api number of NetworkPolicies for the pod',
      got: 0,
      write: '1',
    },
  ],
  [
    'one without rules for what comes in',
    broken('NetworkPolicy', 'api', ['spec', 'ingress'], []),
    {
      workload: 'api',
      field: 'Deployment/api NetworkPolicy ingress',
      got: [],
      write: 'at least one rule',
    },
  ],
]);
