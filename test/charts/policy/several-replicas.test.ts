import { severalReplicas } from '../../../charts/policy/several-replicas';
import { broken, kept } from './broken';

test.each([
  [
    'one replica',
    broken('Deployment', 'api', ['spec', 'replicas'], 1),
    { workload: 'api', field: 'Deployment/api spec.replicas', got: 1, write: 'replicas: 2' },
  ],
])('%s: found', (_, plan, finding) => {
  expect(severalReplicas.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(severalReplicas.check(kept)).toEqual([]);
});
