import { restartedPods } from '../../../charts/policy/restarted-pods';
import { broken, pod, testPolicy } from './broken';

testPolicy(restartedPods, [
  [
    'a failed run that does not start again in its pod',
    broken('CronJob', 'report', [...pod.CronJob, 'restartPolicy'], 'Never'),
    {
      workload: 'report',
      object: 'CronJob/report',
      field: 'restartPolicy',
      got: 'Never',
      write: 'OnFailure',
    },
  ],
]);
