import { stableApi } from '../../../charts/policy/stable-api';
import { broken, kept } from './broken';

test.each([
  [
    'a version that goes',
    broken('PodDisruptionBudget', 'api', ['apiVersion'], 'policy/v1beta1'),
    {
      workload: 'api',
      field: 'PodDisruptionBudget/api apiVersion',
      got: 'policy/v1beta1',
      write: 'a version without alpha or beta',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(stableApi.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(stableApi.check(kept)).toEqual([]);
});
