import { namedPods } from '../../../charts/policy/named-pods';
import { broken, testPolicy } from './broken';

testPolicy(namedPods, [
  [
    'a Service that is not there',
    broken('StatefulSet', 'database', ['spec', 'serviceName'], 'other'),
    {
      workload: 'database',
      object: 'StatefulSet/database',
      field: 'spec.serviceName',
      got: 'other',
      write: 'the name of a headless Service for the pods',
    },
  ],
  [
    'a headless Service with an address',
    broken('Service', 'database-pods', ['spec', 'clusterIP'], undefined),
    {
      workload: 'database',
      object: 'StatefulSet/database',
      field: 'spec.serviceName',
      got: 'database-pods',
      write: 'the name of a headless Service for the pods',
    },
  ],
]);
