import { knownOrigin } from '../../../charts/policy/known-origin';
import { broken, kept } from './broken';

test.each([
  [
    'no owner',
    broken('Service', 'api', ['metadata', 'labels', 'owner'], undefined),
    { workload: 'api', field: 'Service/api metadata.labels owner', got: undefined, write: 'a value' },
  ],
  [
    'another instance',
    broken('Deployment', 'api', ['metadata', 'labels', 'app.kubernetes.io/instance'], 'backend'),
    {
      workload: 'api',
      field: 'Deployment/api metadata.labels app.kubernetes.io/instance',
      got: 'backend',
      write: 'api',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(knownOrigin.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(knownOrigin.check(kept)).toEqual([]);
});
