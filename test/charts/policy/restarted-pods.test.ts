import { restartedPods } from '../../../charts/policy/restarted-pods';
import { broken, kept, pod } from './broken';

test.each([
  [
    'a job that stays where it failed',
    broken('CronJob', 'report', [...pod.CronJob, 'restartPolicy'], 'Never'),
    { workload: 'report', field: 'CronJob/report restartPolicy', got: 'Never', write: 'OnFailure' },
  ],
])('%s: found', (_, plan, finding) => {
  expect(restartedPods.check(plan)).toEqual([finding]);
});

test('what components make keeps it', () => {
  expect(restartedPods.check(kept)).toEqual([]);
});
