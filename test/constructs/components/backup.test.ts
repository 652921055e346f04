import {
  Backend,
  backupVolume,
  Cache,
  MongoDatabase,
  PostgresDatabase,
  Schedule,
  SearchEngine,
  Size,
  type Application,
} from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  present,
  workloadOfApp,
} from '../../support/application';
import { withBackup, backup } from '../../support/backup';

describe('the backup of a database', () => {
  test('is a scheduled workload of the same image, with its own volume', () => {
    const { workloads, secrets } = modelOfApp(withBackup());
    expect(workloads.map(({ name, run }) => [name, run])).toEqual([
      ['database', 'stateful'],
      ['database-backup', 'scheduled'],
    ]);
    expect(secrets).toEqual(['DATABASE_PASSWORD']);
    expect(workloads[1]).toMatchObject({
      image: workloads[0]?.image,
      user: workloads[0]?.user,
      schedule: { kind: 'cron', expression: '0 2 * * *', timeZone: 'UTC', retries: 3 },
      entrypoint: ['sh', '/opt/catamaran/backup.sh'],
      arguments: ['backup'],
      variables: {},
      secretFiles: [{ path: '/run/secrets/database', files: { password: 'DATABASE_PASSWORD' } }],
      volumes: [{ name: 'backups', path: '/var/lib/postgresql/data', size: Size.gibibytes(2) }],
      ports: [],
      memory: { limit: Size.mebibytes(256) },
      after: [{ workload: 'database', until: 'ready' }],
      connections: [{ kind: 'workload', workload: 'database', port: 5432 }],
    });
  });

  test('is changed or turned off by the environment', () => {
    const hourly = { ...backup, schedule: Schedule.cron('@hourly', { timeZone: 'Europe/Berlin' }) };
    const place = { ...onKubernetes, components: { database: { backup: hourly } } };
    const plain = (app: Application) => new PostgresDatabase(app, 'database');
    for (const build of [withBackup(), plain])
      expect(workloadOfApp('database-backup', build, place).schedule).toMatchObject({
        expression: '@hourly',
        timeZone: 'Europe/Berlin',
      });
    const off = { ...onKubernetes, components: { database: { backup: 'off' } } } as const;
    expect(modelOfApp(withBackup(), off).workloads.map(({ name }) => name)).toEqual(['database']);
  });

  test('has a folder of its own if the image has declared another volume', () => {
    const build = (app: Application) => new MongoDatabase(app, 'database', { backup });
    const { volumes, scratch } = workloadOfApp('database-backup', build);
    expect(volumes.map(({ path }) => path)).toEqual(['/data/db']);
    expect(scratch.map(({ path }) => path)).toEqual(['/tmp', '/data/configdb']);
  });

  test('of a search engine runs in an image of Python', () => {
    const workload = workloadOfApp('search-backup', (app) => new SearchEngine(app, 'search', { backup }));
    expect(workload).toMatchObject({
      image: { kind: 'reference', reference: 'python:3.13-slim' },
      user: { uid: 10001, gid: 10001 },
      volumes: [{ path: '/var/tmp' }],
      connections: [{ kind: 'workload', workload: 'search', port: 9200 }],
    });
    expect(Object.keys(present(workload.files[0]).files)).toEqual(['backup.sh', 'search.py']);
  });
});

describe('refused is a backup', () => {
  test('of a managed service', () => {
    const components = { database: { managed: { host: 'db.example.com' } } };
    expect(issuesOfApp(withBackup(), { ...onKubernetes, components })).toEqual([
      "shop/database: backup is not possible for a managed service: write backup: 'off' in the components of " +
        'the environment, and use the backups of the service',
    ]);
  });

  test.each([0, -1, 1.5, 1001])('that keeps %d files', (keep) => {
    expect(issuesOfApp(withBackup({ keep }))).toEqual([
      `shop/database: backup.keep is ${keep}: write a whole number from 1 to 1000`,
    ]);
  });

  test('that never runs, has no space and no time: all are reported together', () => {
    const props = {
      schedule: Schedule.cron('0 0 31 2 *', { timeZone: 'Mars/Olympus' }),
      to: backupVolume(Size.bytes(0)),
    };
    expect(issuesOfApp(withBackup(props))).toEqual([
      'shop/database-backup: schedule is "0 0 31 2 *": write a day that exists in one of the months, because this job would never run',
      'shop/database-backup: schedule.timeZone is "Mars/Olympus": write a time zone of the IANA ' +
        'database, such as Europe/Berlin or UTC',
      'shop/database-backup: storage is 0 MiB: write 1 MiB or more',
    ]);
  });

  test('of a component that keeps no data', () => {
    const place = { ...onDocker, components: { cache: { backup } } };
    expect(issuesOfApp((app) => new Cache(app, 'cache'), place)).toEqual([
      'shop (dev): components.cache.backup is not a setting of cache: write one of cpu, memory, env, overrides, bindMounts, exceptions, managed, expose',
    ]);
  });

  test('without a source of secrets', () => {
    const place = { ...onDocker, secrets: { kind: 'none' } } as const;
    expect(issuesOfApp(withBackup(), place)).toEqual([
      'shop (dev): secrets is missing: write a source, such as envFile(), for the secrets DATABASE_PASSWORD',
    ]);
  });

  test('with the name of another component', () => {
    const build = (app: Application) => {
      withBackup()(app);
      new Backend(app, 'database-backup', { image: 'api:1.0', port: 8000 });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/database-backup: name is "database-backup": write another name, because another component has ' +
        'this one',
    ]);
  });
});
