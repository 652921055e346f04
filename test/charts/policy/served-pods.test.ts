import { servedPods } from '../../../charts/policy/served-pods';
import { broken, kept } from './broken';

test.each([
  [
    'labels that no pod has',
    broken('Service', 'api', ['spec', 'selector'], { app: 'api' }),
    {
      workload: 'api',
      field: 'Service/api spec.selector',
      got: 'app=api',
      write: 'labels of a pod of the application',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(servedPods.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(servedPods.check(kept)).toEqual([]);
});
