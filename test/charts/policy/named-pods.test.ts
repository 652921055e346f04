import { namedPods } from '../../../charts/policy/named-pods';
import { broken, kept } from './broken';

test.each([
  [
    'a Service that is not there',
    broken('StatefulSet', 'database', ['spec', 'serviceName'], 'other'),
    {
      workload: 'database',
      field: 'StatefulSet/database spec.serviceName',
      got: 'other',
      write: 'the name of a headless Service for the pods',
    },
  ],
  [
    'one with an address',
    broken('Service', 'database', ['spec', 'clusterIP'], undefined),
    {
      workload: 'database',
      field: 'StatefulSet/database spec.serviceName',
      got: 'database',
      write: 'the name of a headless Service for the pods',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(namedPods.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(namedPods.check(kept)).toEqual([]);
});
