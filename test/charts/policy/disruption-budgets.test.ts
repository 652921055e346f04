import { disruptionBudgets } from '../../../charts/policy/disruption-budgets';
import { broken, kept, without } from './broken';

test.each([
  [
    'no budget',
    without('PodDisruptionBudget', 'api'),
    { workload: 'api', field: 'Deployment/api PodDisruptionBudget', got: 0, write: 'one' },
  ],
  [
    'one that lets nothing go',
    broken('PodDisruptionBudget', 'api', ['spec', 'maxUnavailable'], 0),
    { workload: 'api', field: 'Deployment/api PodDisruptionBudget maxUnavailable', got: 0, write: '1' },
  ],
  [
    'one that counts those that fail',
    broken('PodDisruptionBudget', 'api', ['spec', 'unhealthyPodEvictionPolicy'], undefined),
    {
      workload: 'api',
      field: 'Deployment/api PodDisruptionBudget unhealthyPodEvictionPolicy',
      got: undefined,
      write: 'AlwaysAllow',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(disruptionBudgets.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(disruptionBudgets.check(kept)).toEqual([]);
});
