import { boundedResources } from '../../../charts/policy/bounded-resources';
import { broken, container, testPolicy } from './broken';

testPolicy(boundedResources, [
  [
    'memory without a limit',
    broken('Deployment', 'api', [...container.Deployment, 'resources', 'limits', 'memory'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'resources.limits.memory',
      got: undefined,
      write: 'an amount, such as 100m or 64Mi',
    },
  ],
  [
    'a processor without a request',
    broken('Deployment', 'api', [...container.Deployment, 'resources', 'requests', 'cpu'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api api',
      field: 'resources.requests.cpu',
      got: undefined,
      write: 'an amount, such as 100m or 64Mi',
    },
  ],
]);
