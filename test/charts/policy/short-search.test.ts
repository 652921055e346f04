import { shortSearch } from '../../../charts/policy/short-search';
import { broken, kept, pod } from './broken';

test.each([
  [
    'five dots',
    broken('Deployment', 'api', [...pod.Deployment, 'dnsConfig'], undefined),
    { workload: 'api', field: 'Deployment/api dnsConfig.options ndots', got: undefined, write: '2' },
  ],
])('%s: found', (_, plan, finding) => {
  expect(shortSearch.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(shortSearch.check(kept)).toEqual([]);
});
