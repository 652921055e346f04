import { Duration, Health, PostgresDatabase } from 'catamaran';
import { manifestFiles } from '../../charts/files';
import type { PodSpec } from '../../charts/manifest';
import { present } from '../support/application';
import {
  dockerPlan,
  kubernetesPlan,
  objectOf,
  objectsOf,
  serviceOf,
  containerOf,
  podOf,
} from '../support/written';
import { proveEach, both, backend, noteOf } from './support';
import { addShop } from '../support/shop';

export const release = proveEach({
  after() {
    const { docker, kubernetes } = both(addShop);
    expect(
      Object.fromEntries(['migration', 'api'].map((name) => [name, serviceOf(docker, name).depends_on])),
    ).toEqual({
      migration: { database: { condition: 'service_healthy' } },
      api: {
        database: { condition: 'service_healthy' },
        migration: { condition: 'service_completed_successfully' },
      },
    });
    const job = present(present(objectsOf(kubernetes, 'Job')[0]).spec?.template.spec);
    const gates = (pod: PodSpec) => pod.initContainers?.map(({ name }) => name);
    expect(gates(job)).toEqual(['wait-database']);
    expect(gates(podOf(kubernetes, 'api'))).toEqual(['wait-database', 'wait-migration']);
    expect(kubernetesPlan(kubernetes).groups.map(({ name, after }) => [name, after])).toEqual([
      ['00-application', []],
      ['database', ['00-application']],
      ['migration', ['00-application', 'database']],
      ['api', ['00-application', 'database', 'migration']],
    ]);
    expect(Object.keys(manifestFiles(kubernetesPlan(kubernetes), ''))).toEqual([
      '00-application.yaml',
      'database.yaml',
      'migration.yaml',
      'api.yaml',
    ]);
  },

  grace() {
    const { docker, kubernetes } = backend({ grace: Duration.seconds(45) });
    expect(serviceOf(docker, 'api').stop_grace_period).toBe('45s');
    // Five seconds, in which the others hear of it, come on top; a program without clients needs none.
    expect(podOf(kubernetes, 'api').terminationGracePeriodSeconds).toBe(50);
    expect(containerOf(kubernetes, 'api').lifecycle).toEqual({
      preStop: { sleep: { seconds: 5 } },
    });
    const data = both((app) => new PostgresDatabase(app, 'database', { grace: Duration.seconds(45) }));
    expect(podOf(data.kubernetes, 'database').terminationGracePeriodSeconds).toBe(45);
    expect(serviceOf(data.docker, 'database').stop_grace_period).toBe('45s');
  },

  deadline() {
    const { docker, kubernetes } = backend({ deadline: Duration.seconds(40) });
    expect(objectOf(kubernetes, 'Deployment', 'api').spec?.progressDeadlineSeconds).toBe(40);
    expect(dockerPlan(docker).containers[0]?.patience).toBe(40_000);
    expect(noteOf(docker, 'deadline')).toEqual({
      field: 'deadline',
      workloads: ['api'],
      note:
        'With @pulumi/docker, a release that is not healthy by its deadline fails, and the old containers ' +
        'keep running; they stop first if a port or data cannot be shared. compose always stops the old ' +
        'containers first, and waits as long as `up --wait --wait-timeout` says. Containers that run to ' +
        'completion have no deadline',
    });
    expect(noteOf(kubernetes, 'deadline')).toBeUndefined();
    // A health check that can have no other answer any more ends the wait as well.
    const usual = backend({ health: Health.http('/', { startPeriod: Duration.seconds(10) }) });
    expect(objectOf(usual.kubernetes, 'Deployment', 'api').spec?.progressDeadlineSeconds).toBe(600);
    expect(dockerPlan(usual.docker).containers[0]?.patience).toBe(10_000 + 4 * 15_000);

    const runs = both(addShop);
    expect(objectsOf(runs.kubernetes, 'Job')[0]?.spec?.activeDeadlineSeconds).toBe(1800);
    expect(noteOf(runs.docker, 'deadline')?.workloads).toEqual(['migration', 'api']);
    expect(noteOf(runs.kubernetes, 'deadline')).toBeUndefined();
  },
});
