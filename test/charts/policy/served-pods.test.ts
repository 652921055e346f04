import { servedPods } from '../../../charts/policy/served-pods';
import { broken, testPolicy } from './broken';

testPolicy(servedPods, [
  [
    'labels that no pod has',
    broken('Service', 'api', ['spec', 'selector'], { app: 'api' }),
    {
      workload: 'api',
      object: 'Service/api',
      field: 'spec.selector',
      got: 'app=api',
      write: 'labels of a pod of the application',
    },
  ],
]);
