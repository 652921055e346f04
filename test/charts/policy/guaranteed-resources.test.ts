import { guaranteedResources } from '../../../charts/policy/guaranteed-resources';
import { broken, container, kept } from './broken';

test.each([
  [
    'less than may be taken',
    broken('Deployment', 'api', [...container.Deployment, 'resources', 'requests', 'cpu'], '100m'),
    {
      workload: 'api',
      field: 'Deployment/api api resources.requests.cpu',
      got: '100m',
      write: '500m, or leave out qualityOfService',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(guaranteedResources.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(guaranteedResources.check(kept)).toEqual([]);
});
