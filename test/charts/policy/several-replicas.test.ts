import { severalReplicas } from '../../../charts/policy/several-replicas';
import { broken, kept } from './broken';

test.each([
  [
    'one replica',
    broken('Deployment', 'api', ['spec', 'replicas'], 1),
    { workload: 'api', field: 'Deployment/api spec.replicas', got: 1, write: '2 or more' },
  ],
])('%s: found', (_, plan, finding) => {
  expect(severalReplicas.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(severalReplicas.check(kept)).toEqual([]);
});
