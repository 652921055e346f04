import { restartedPods } from '../../../charts/policy/restarted-pods';
import { broken, pod, testPolicy } from './broken';

testPolicy(restartedPods, [
  [
    'a job that stays where it failed',
    broken('CronJob', 'report', [...pod.CronJob, 'restartPolicy'], 'Never'),
    { workload: 'report', field: 'CronJob/report restartPolicy', got: 'Never', write: 'OnFailure' },
  ],
]);
