import { guaranteedResources } from '../../../charts/policy/guaranteed-resources';
import { broken, container, testPolicy } from './broken';

testPolicy(guaranteedResources, [
  [
    'a request below its limit',
    broken('Deployment', 'api', [...container.Deployment, 'resources', 'requests', 'cpu'], '100m'),
    {
      workload: 'api',
      field: 'Deployment/api api resources.requests.cpu',
      got: '100m',
      write: '500m, or leave out qualityOfService',
    },
  ],
]);
