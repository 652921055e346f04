import {
  Application,
  Backend,
  backupVolume,
  Duration,
  Health,
  Image,
  Migration,
  MongoDatabase,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Schedule,
  ScheduledJob,
  SearchEngine,
  Secret,
  Size,
  type Environment,
} from 'catamaran';
import { grafana, prometheus } from './monitoring';

const stores = { postgres: PostgresDatabase, mongodb: MongoDatabase, elasticsearch: SearchEngine };

/** Stores the conversations of a chatbot. The environment chooses the store; dashboards show the metrics. */
export class ChatbotLogs extends Application {
  constructor(environment: Environment) {
    super('chatbot-logs', environment, { folder: __dirname, owner: { email: 'chatbot@example.org' } });

    const nightly = (time: string) => Schedule.cron(time, { timeZone: 'UTC' });
    const store = new stores[this.choose('store', ['postgres', 'mongodb', 'elasticsearch'])](this, 'store', {
      backup: { schedule: nightly('30 2 * * *'), keep: 7, to: backupVolume(Size.gibibytes(5)) },
    });
    const image = Image.build('api');
    const env = { STORE_URL: store.url };
    const prepare = new Migration(this, 'prepare', {
      image,
      command: ['python3', 'manage.py', 'prepare'],
      check: ['python3', 'manage.py', 'check'],
      env,
    });
    const api = new Backend(this, 'api', {
      image,
      port: 8000,
      replicas: 2,
      health: Health.http('/health/store'),
      liveness: Health.http('/health'),
      waitsFor: [prepare],
      env,
    });
    const exporter = new Backend(this, 'exporter', {
      image,
      command: ['python3', 'exporter.py'],
      port: 9100,
      health: Health.http('/health'),
      waitsFor: [prepare],
      env,
    });
    new ScheduledJob(this, 'retention', {
      image,
      command: ['python3', 'manage.py', 'retain'],
      schedule: nightly('0 3 * * *'),
      timeout: Duration.minutes(30),
      env: { ...env, RETENTION_DAYS: 90 },
    });
    const dashboards = grafana(this, prometheus(this, [api, exporter]));
    new ReverseProxy(this, 'proxy', {
      routes: [
        Route.path('/', api),
        Route.path('/grafana', dashboards, {
          auth: { user: 'team', password: Secret.random('DASHBOARD_PASSWORD') },
        }),
      ],
      publish: 8090,
    });
  }
}
