import { backupVolume, PostgresDatabase, Schedule, Size } from 'catamaran';
import { jobOf } from '../../../charts/apply/job';
import { onKubernetes, planOfApp, present, type Build } from '../../support/application';
import { kubernetesPlan, objectOf } from '../../support/written';

const build: Build = (app) =>
  new PostgresDatabase(app, 'database', {
    backup: { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) },
  });

test('a Job of a scheduled workload differs in its name and arguments, and is not tried again', () => {
  const planned = planOfApp(build, onKubernetes);
  const { metadata, spec } = objectOf(planned, 'CronJob', 'database-backup');
  const template = present(spec?.jobTemplate.spec?.template);
  const job = jobOf(kubernetesPlan(planned), 'database-backup', 'database-backup-now', ['restore', 'latest']);
  expect(job).toEqual({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadata, name: 'database-backup-now' },
    spec: {
      ...spec?.jobTemplate.spec,
      backoffLimit: 0,
      ttlSecondsAfterFinished: 3600,
      template: {
        ...template,
        spec: {
          ...template.spec,
          // What failed stays, with its output.
          restartPolicy: 'Never',
          containers: [{ ...template.spec?.containers[0], args: ['restore', 'latest'] }],
        },
      },
    },
  });
});

test('there is none of a workload that has no schedule', () => {
  const plan = kubernetesPlan(planOfApp(build, onKubernetes));
  expect(() => jobOf(plan, 'database', 'now', [])).toThrow(new Error('no scheduled workload database'));
});
