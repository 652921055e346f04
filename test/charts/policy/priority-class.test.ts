import { priorityClass } from '../../../charts/policy/priority-class';
import { broken, kept, pod } from './broken';

test.each([
  [
    'an empty list',
    broken('Deployment', 'api', [...pod.Deployment, 'priorityClassName'], undefined),
    {
      workload: 'api',
      field: 'Deployment/api priorityClassName',
      got: undefined,
      write: 'the priority class of the application',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(priorityClass.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(priorityClass.check(kept)).toEqual([]);
});
