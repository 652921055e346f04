import {
  Application,
  Backend,
  Cpu,
  defineStack,
  docker,
  Duration,
  generated,
  Health,
  kubernetes,
  Migration,
  nodePort,
  PostgresDatabase,
  type Environment,
} from 'catamaran';

/** One of everything that an interrupted `pulumi up` can leave behind: data, a migration, replicas, files, a port. */
class Converge extends Application {
  constructor(environment: Environment) {
    super('converge', environment, { folder: __dirname });
    const grace = Duration.seconds(1);
    const every = Duration.seconds(1);
    // Little is sure, so that it finds room beside the applications of other tests.
    const cpu = { request: Cpu.millicores(20), limit: Cpu.cores(1) };
    const database = new PostgresDatabase(this, 'database', {
      health: { every: Duration.seconds(3) },
      grace,
      cpu,
    });
    const sql = (text: string) => ['sh', '-c', `exec psql "$DATABASE_URL" --command "${text}"`];
    const migration = new Migration(this, 'migration', {
      image: 'postgres:17',
      cpu,
      command: sql('select pg_sleep(5); create table if not exists ready ()'),
      check: sql('select from ready'),
      env: { DATABASE_URL: database.url },
    });
    const server = {
      image: 'python:3.13-slim',
      command: ['python3', '-m', 'http.server', '8000', '--directory', '/srv/files'],
      files: { '/srv/files/index.html': 'one' },
      port: 8000,
      health: Health.http('/', { every }),
      grace,
      cpu,
    };
    const api = new Backend(this, 'api', {
      ...server,
      replicas: 2,
      waitsFor: [migration],
      env: { DATABASE_URL: database.url, GREETING: 'Hello' },
    });
    new Backend(this, 'web', { ...server, env: { API_URL: api.url }, publish: 18190 });
  }
}

export default defineStack(Converge, {
  dev: docker({ secrets: generated(), data: 'delete' }),
  staging: kubernetes({
    namespace: 'converge-e2e',
    qualityOfService: 'burstable',
    secrets: generated(),
    data: 'delete',
    components: { web: { expose: nodePort(30052), autoscale: { max: 4, targetPercent: 90 } } },
  }),
});
