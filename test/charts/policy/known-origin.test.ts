import { knownOrigin } from '../../../charts/policy/known-origin';
import { broken, testPolicy } from './broken';

testPolicy(knownOrigin, [
  [
    'no owner',
    broken('Service', 'api', ['metadata', 'labels', 'owner'], undefined),
    {
      workload: 'api',
      object: 'Service/api',
      field: 'metadata.labels owner',
      got: undefined,
      write: 'a value',
    },
  ],
  [
    'another instance',
    broken('Deployment', 'api', ['metadata', 'labels', 'app.kubernetes.io/instance'], 'backend'),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'metadata.labels app.kubernetes.io/instance',
      got: 'backend',
      write: 'api',
    },
  ],
]);
