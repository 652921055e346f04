import {
  backupVolume,
  Schedule,
  Size,
  Cache,
  docker,
  envFile,
  hostPort,
  loadBalancer,
  nodePort,
  PostgresDatabase,
  Secret,
  type Application,
} from 'catamaran';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import type { PlacedSettings } from '../../../constructs/environment/settings';
import { issuesOfApp, onDocker, onKubernetes, planOfApp, workloadOfApp } from '../../support/application';
import { serviceOf } from '../../support/written';

const database = (app: Application) => new PostgresDatabase(app, 'database');
const open = (app: Application) =>
  new PostgresDatabase(app, 'database', { noPassword: { reason: 'public' } });

const place = (on: EnvironmentSpec, settings: PlacedSettings, name = 'database') => ({
  ...on,
  components: { [name]: settings },
});

describe('a store that is published on Docker', () => {
  test.each([
    [hostPort(15_432), '127.0.0.1'],
    [hostPort(15_432, '0.0.0.0'), '0.0.0.0'],
    [hostPort(15_432, '192.0.2.1'), '192.0.2.1'],
  ])('is at the address that the environment names, or else at 127.0.0.1 (%#)', (expose, address) => {
    expect(workloadOfApp('database', database, place(onDocker, { expose })).ports).toEqual([
      {
        name: 'postgres',
        number: 5432,
        protocol: 'tcp',
        exposure: { kind: 'host-port', port: 15_432, address },
      },
    ]);
  });

  test('can be a cache', () => {
    const settings = place(onDocker, { expose: hostPort(16_379) }, 'cache');
    const [port] = workloadOfApp('cache', (app) => new Cache(app, 'cache'), settings).ports;
    expect(port?.exposure).toEqual({ kind: 'host-port', port: 16_379, address: '127.0.0.1' });
  });

  test('is published, and its backup is not', () => {
    const backup = { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) };
    const build = (app: Application) => new PostgresDatabase(app, 'database', { backup });
    const planned = planOfApp(build, place(onDocker, { expose: hostPort(15_432) }));
    expect(serviceOf(planned, 'database').ports).toEqual(['127.0.0.1:15432:5432']);
    expect(serviceOf(planned, 'database-backup').ports).toBeUndefined();
  });

  test('keeps the address in an environment that is a copy of another', () => {
    const one = docker({ secrets: envFile(), components: { database: { expose: hostPort(15_432) } } });
    const [port] = workloadOfApp('database', database, { ...one, data: 'delete' }).ports;
    expect(port?.exposure).toEqual({ kind: 'host-port', port: 15_432, address: '127.0.0.1' });
  });

  test('may have no password at 127.0.0.1 only', () => {
    const [port] = workloadOfApp('database', open, place(onDocker, { expose: hostPort(15_432) })).ports;
    expect(port?.exposure).toMatchObject({ address: '127.0.0.1' });
    expect(issuesOfApp(open, place(onDocker, { expose: hostPort(15_432, '0.0.0.0') }))).toEqual([
      'shop/database: expose would open database, which asks for no password, to everybody: ' +
        'write hostPort(15432), which is at 127.0.0.1 only, or take noPassword out of database',
    ]);
  });
});

test.each([hostPort(15_432), nodePort(30_432), loadBalancer(5432)])(
  'no store is published on Kubernetes (%#)',
  (expose) => {
    expect(issuesOfApp(database, place(onKubernetes, { expose }))).toEqual([
      'shop/database: expose would open database to everybody outside the cluster: ' +
        'write no expose, and run kubectl port-forward service/database 5432:5432 when you need it',
    ]);
  },
);

test('a managed service is not published', () => {
  const managed = { host: 'db.example.com', url: Secret.named('URL') };
  expect(issuesOfApp(database, place(onDocker, { expose: hostPort(15_432), managed }))).toEqual([
    'shop/database: expose is not possible for a managed service: ' +
      'write no expose, because the provider of the service publishes it',
  ]);
});
