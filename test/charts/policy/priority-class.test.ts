import { priorityClass } from '../../../charts/policy/priority-class';
import { broken, pod, testPolicy } from './broken';

testPolicy(priorityClass, [
  [
    'a pod without a priority class',
    broken('Deployment', 'api', [...pod.Deployment, 'priorityClassName'], undefined),
    {
      workload: 'api',
      object: 'Deployment/api',
      field: 'priorityClassName',
      got: undefined,
      write: 'the priority class of the application',
    },
  ],
]);
