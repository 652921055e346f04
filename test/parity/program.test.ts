import { Backend, Cache, Duration, Image, Schedule, ScheduledJob } from 'catamaran';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { present } from '../support/application';
import { projectOf } from '../support/project';
import { kubernetesPlan, objectOf, objectsOf, serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, both, noteOf, afterKubelet, policyEdges, afterCompose, backend } from './support';
import { addShop } from '../support/shop';

export const program = proveEach({
  run() {
    const { docker, kubernetes } = both(addShop);
    expect(
      kubernetesPlan(kubernetes).groups.map(({ objects }) => objects.map(({ kind }) => kind).at(-1)),
    ).toEqual(['NetworkPolicy', 'StatefulSet', 'Job', 'Deployment']);
    const job = present(objectsOf(kubernetes, 'Job')[0]);
    expect(job.spec?.template.spec?.restartPolicy).toBe('OnFailure');
    expect(podOf(kubernetes, 'api').restartPolicy).toBe('Always');
    expect(podOf(kubernetes, 'database').restartPolicy).toBe('Always');
    expect(serviceOf(docker, 'migration').restart).toBe('no');
    expect(serviceOf(docker, 'api').restart).toBe('unless-stopped');
    expect(serviceOf(docker, 'database').restart).toBe('unless-stopped');
  },

  schedule() {
    const command = ['sh', '-c', 'echo $HOME $(id)'];
    const { docker, kubernetes } = both((app) => {
      const cache = new Cache(app, 'cache');
      new ScheduledJob(app, 'retention', {
        image: 'api:1.0',
        command,
        schedule: Schedule.cron('*/20 3 * * *', { timeZone: 'Europe/Berlin' }),
        timeout: Duration.minutes(20),
        retries: 2,
        startWithin: Duration.seconds(90),
        grace: Duration.seconds(30),
        env: { CACHE_URL: cache.url },
      });
    });
    const { spec } = objectOf(kubernetes, 'CronJob', 'retention');
    const { jobTemplate, ...times } = present(spec);
    expect(times).toEqual({
      schedule: '*/20 3 * * *',
      timeZone: 'Europe/Berlin',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 90,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
    });
    expect(jobTemplate.spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 1200 });
    const pod = present(jobTemplate.spec?.template.spec);
    expect(pod).toMatchObject({ restartPolicy: 'OnFailure', terminationGracePeriodSeconds: 30 });
    expect(noteOf(kubernetes, 'schedule')).toEqual({
      field: 'schedule',
      workloads: ['retention'],
      note:
        'A node restarts a failed run before its Job counts the failure. After the last retry, one more run ' +
        'starts and is stopped',
    });
    expect(pod.initContainers?.map(({ name }) => name)).toEqual(['wait-cache']);
    expect(afterKubelet(pod.containers[0]?.command)).toEqual(command);
    expect(objectsOf(kubernetes, 'Service').map(({ metadata }) => metadata.name)).toEqual([
      'cache',
      'cache-pods',
    ]);
    expect(objectsOf(kubernetes, 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual([
      'cache',
    ]);
    expect(policyEdges(kubernetes, 'Egress')).toEqual(['retention -> cache:6379']);

    const service = serviceOf(docker, 'retention');
    expect(afterCompose(service.entrypoint)).toEqual(['sh', '/etc/catamaran/schedule.sh', ...command]);
    expect(service.command).toBeUndefined();
    expect(service).toMatchObject({
      restart: 'unless-stopped',
      stop_grace_period: '30s',
      read_only: true,
      depends_on: { cache: { condition: 'service_healthy' } },
    });
    expect(service.healthcheck).toMatchObject({ interval: '10s', timeout: '5s', retries: 3 });
    const [mount] = service.volumes ?? [];
    expect(mount).toMatchObject({ type: 'bind', target: '/etc/catamaran/schedule.sh', read_only: true });
    const script = writtenFiles(docker, '')[present(mount).source.slice(2)];
    expect(present(script).split('\n').slice(0, 12)).toEqual([
      '# */20 3 * * *',
      "zone='Europe/Berlin'",
      "minutes='00 20 40'",
      "hours='03'",
      expect.stringMatching(/^days='01 02 .* 31'$/),
      "months='01 02 03 04 05 06 07 08 09 10 11 12'",
      "weekdays='0 1 2 3 4 5 6'",
      'day_rule=both',
      'start_within=90',
      'timeout=1200',
      'retries=2',
      'grace=30',
    ]);
    expect(noteOf(docker, 'schedule')).toEqual({
      field: 'schedule',
      workloads: ['retention'],
      note:
        'A loop in the container of the job checks the time once a minute and starts the runs. The image ' +
        'needs sh and date, time zone data if the zone is not UTC, and timeout to stop a run. Runs that are ' +
        'due while the container is down are left out',
    });
  },

  image() {
    const { docker, kubernetes } = backend({ image: 'api:1.0' });
    expect(containerOf(kubernetes, 'api').image).toBe('api:1.0');
    expect(serviceOf(docker, 'api')).toMatchObject({ image: 'api:1.0' });

    const folder = projectOf({ Dockerfile: 'FROM scratch\n' });
    const built = both((app) => new Backend(app, 'api', { image: Image.build('.'), port: 8000 }), folder);
    const image = present(containerOf(built.kubernetes, 'api').image);
    expect(image).toMatch(/^registry\.example\.com\/shop:[0-9a-f]{12}$/);
    expect(serviceOf(built.docker, 'api').build).toEqual({
      context: '../../../stacks/shop',
      dockerfile: 'Dockerfile',
      tags: [image.replace('registry.example.com/', '')],
    });
  },

  entrypoint() {
    const command = ['sh', '-c', 'echo $HOME $(id) $$ $(PATH)'];
    const { docker, kubernetes } = backend({ command });
    expect(afterKubelet(containerOf(kubernetes, 'api').command)).toEqual(command);
    expect(afterCompose(serviceOf(docker, 'api').entrypoint)).toEqual(command);
    expect(containerOf(kubernetes, 'api').args).toBeUndefined();
    expect(serviceOf(docker, 'api').command).toBeUndefined();
  },

  arguments() {
    const args = ['--price=$5', '$(NAME)', '$$', '${NAME}', '$'];
    const { docker, kubernetes } = backend({ args });
    expect(afterKubelet(containerOf(kubernetes, 'api').args)).toEqual(args);
    expect(afterCompose(serviceOf(docker, 'api').command)).toEqual(args);
    expect(containerOf(kubernetes, 'api').command).toBeUndefined();
    expect(serviceOf(docker, 'api').entrypoint).toBeUndefined();
  },
});
