import { disruptionBudgets } from '../../../charts/policy/disruption-budgets';
import { broken, testPolicy, without } from './broken';

testPolicy(disruptionBudgets, [
  [
    'no budget',
    without('PodDisruptionBudget', 'api'),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'number of PodDisruptionBudgets for the pod',
      got: 0,
      write: '1',
    },
  ],
  [
    'a budget that allows no eviction',
    broken('PodDisruptionBudget', 'api', ['spec', 'maxUnavailable'], 0),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'PodDisruptionBudget maxUnavailable',
      got: 0,
      write: '1',
    },
  ],
  [
    'a budget that counts unhealthy pods',
    broken('PodDisruptionBudget', 'api', ['spec', 'unhealthyPodEvictionPolicy'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'PodDisruptionBudget unhealthyPodEvictionPolicy',
      got: undefined,
      write: 'AlwaysAllow',
    },
  ],
]);
