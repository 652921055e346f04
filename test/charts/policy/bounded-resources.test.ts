import { boundedResources } from '../../../charts/policy/bounded-resources';
import { broken, container, kept } from './broken';

test.each([
  [
    'memory without a limit',
    broken('Deployment', 'api', [...container.Deployment, 'resources', 'limits', 'memory'], undefined),
    {
      workload: 'api',
      field: 'Deployment/api api resources.limits.memory',
      got: undefined,
      write: 'an amount, such as 100m or 64Mi',
    },
  ],
  [
    'a processor without a request',
    broken('Deployment', 'api', [...container.Deployment, 'resources', 'requests', 'cpu'], undefined),
    {
      workload: 'api',
      field: 'Deployment/api api resources.requests.cpu',
      got: undefined,
      write: 'an amount, such as 100m or 64Mi',
    },
  ],
])('%s: found', (_, plan, finding) => {
  expect(boundedResources.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(boundedResources.check(kept)).toEqual([]);
});
