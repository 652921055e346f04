import { boundedRuns } from '../../../charts/policy/bounded-runs';
import { broken, testPolicy } from './broken';

testPolicy(boundedRuns, [
  [
    'two runs at the same time',
    broken('CronJob', 'report', ['spec', 'concurrencyPolicy'], 'Allow'),
    {
      workload: 'report',
      object: 'CronJob/report',
      field: 'spec.concurrencyPolicy',
      got: 'Allow',
      write: 'Forbid',
    },
  ],
  [
    'no limit on a late start',
    broken('CronJob', 'report', ['spec', 'startingDeadlineSeconds'], undefined),
    {
      workload: 'report',
      object: 'CronJob/report',
      field: 'spec.startingDeadlineSeconds',
      got: undefined,
      write: 'a number of seconds, from startWithin of the component',
    },
  ],
  [
    'a run without a time limit',
    broken('CronJob', 'report', ['spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds'], undefined),
    {
      workload: 'report',
      object: 'CronJob/report',
      field: 'spec.jobTemplate.spec.activeDeadlineSeconds',
      got: undefined,
      write: 'a number of seconds, from timeout of the component',
    },
  ],
]);
