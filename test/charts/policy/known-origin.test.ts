import { knownOrigin } from '../../../charts/policy/known-origin';
import { broken, testPolicy } from './broken';

testPolicy(knownOrigin, [
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
]);
