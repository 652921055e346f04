import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Application,
  Backend,
  Cpu,
  defineStack,
  docker,
  Duration,
  envFile,
  Health,
  kubernetes,
  Migration,
  nodePort,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Size,
  type Environment,
} from 'catamaran';

/** What a test changes of the application, in settings.json. */
export interface Settings {
  readonly release: string;
  readonly replicas: number;
  /** `ready`, or why the release never is. */
  readonly state: string;
  /** Seconds for a release to be ready. */
  readonly deadline: number;
  /** SQL that the migration runs. */
  readonly statement: string;
}

/** Replicas that can be made to fail, their database, and the proxy in front. */
class Faults extends Application {
  constructor(environment: Environment) {
    super('faults', environment, { folder: __dirname });
    const file = (name: string) => readFileSync(join(this.folder, name), 'utf8');
    const settings = JSON.parse(file('settings.json')) as Settings;
    // Other applications are tested beside it.
    const cpu = { request: Cpu.millicores(20), limit: Cpu.cores(1) };
    const database = new PostgresDatabase(this, 'database', { cpu, health: { every: Duration.seconds(1) } });
    const program = (name: string) => ({
      image: 'python:3.13-slim',
      cpu,
      files: { [`/srv/app/${name}`]: file(join('app', name)) },
    });
    const migration = new Migration(this, 'migration', {
      ...program('migrate.py'),
      command: ['python3', '/srv/app/migrate.py', 'up', settings.statement],
      check: ['python3', '/srv/app/migrate.py', 'check'],
      env: { DATABASE_URL: database.url },
      deadline: Duration.seconds(90),
    });
    const backend = new Backend(this, 'backend', {
      ...program('app.py'),
      command: ['python3', '/srv/app/app.py'],
      port: 8000,
      replicas: settings.replicas,
      health: Health.http('/health', { every: Duration.seconds(1), startPeriod: Duration.seconds(5) }),
      liveness: Health.tcp({ every: Duration.seconds(2) }),
      memory: Size.mebibytes(96),
      scratch: [{ path: '/tmp', size: Size.mebibytes(16), medium: 'disk' }],
      grace: Duration.seconds(5),
      deadline: Duration.seconds(settings.deadline),
      waitsFor: [migration],
      env: { DATABASE_URL: database.url, RELEASE: settings.release, STATE: settings.state },
    });
    new ReverseProxy(this, 'proxy', { cpu, routes: [Route.path('/', backend)], publish: 18130 });
  }
}

export default defineStack(Faults, {
  dev: docker({ secrets: envFile(), data: 'delete' }),
  staging: kubernetes({
    namespace: 'faults-e2e',
    qualityOfService: 'burstable',
    secrets: envFile(),
    data: 'delete',
    components: { proxy: { expose: nodePort(30017) } },
  }),
});
