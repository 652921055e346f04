import {
  Application,
  Backend,
  backupVolume,
  Cache,
  certificateFiles,
  defineStack,
  docker,
  envFile,
  ExternalApi,
  Health,
  hostPort,
  Migration,
  MongoDatabase,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Schedule,
  ScheduledJob,
  Secret,
  Size,
  Worker,
  type Environment,
} from 'catamaran';
import { dockerContainer } from 'catamaran/docker';

const digest = '0123456789abcdef'.repeat(4);

/** Everything that a compose file can have a word for, under names that are hard to put in order. It is never run. */
class Scanned extends Application {
  constructor(environment: Environment) {
    super('scanned', environment, { folder: __dirname });
    const backup = { schedule: Schedule.cron('@daily'), to: backupVolume(Size.mebibytes(64)) };
    const database = new PostgresDatabase(this, 'a', { backup });
    const documents = new MongoDatabase(this, 'a-secrets');
    const cache = new Cache(this, 'a1');
    const image = `registry.example.com:5000/team/api@sha256:${digest}`;
    const env = { DATABASE_URL: database.url, MONGO_URL: documents.url, CACHE_URL: cache.url };
    const migration = new Migration(this, 'a-b', { image, command: ['up'], check: ['ok'], env });
    const payments = new ExternalApi(this, 'payments', { url: 'https://payments.example.com' });
    const api = new Backend(this, 'api', {
      image,
      port: 8000,
      replicas: 3,
      env: {
        ...env,
        PAYMENTS_URL: payments.url,
        KEY: Secret.named('KEY'),
        KEY_FILE: Secret.named('KEY').file,
        WORDS: '$HOME: "no"\n- #1 \u2028',
      },
      files: { '/etc/api/api.conf': '$HOME\n' },
      health: Health.command(['sh', '-c', 'test "$HOME" = /']),
      waitsFor: [migration],
    });
    const props = { image: 'api:1.0', command: ['sh', '-c', 'echo $HOME'] };
    new Worker(this, 'mail', { ...props, volumes: { inbox: { path: '/srv/inbox' } } });
    new ScheduledJob(this, 'night', { ...props, schedule: Schedule.cron('0 3 * * *'), env });
    new ReverseProxy(this, 'proxy', {
      routes: [
        Route.path('/', api, { hosts: ['shop.example'] }),
        Route.path('/live', api, { websocket: true, sticky: { cookie: 'visitor' } }),
        Route.redirect('/old', '/new'),
      ],
    });
  }
}

const tuned = dockerContainer({
  reason: 'every option that an engine has',
  change: (container) => ({
    ...container,
    engine: {
      capabilities: ['NET_BIND_SERVICE'],
      devices: [{ host: '/dev/null', container: '/dev/gpu', permissions: 'rw' }],
      hosts: { printer: '192.0.2.7' },
      labels: { watch: '$always' },
      sysctls: { 'net.core.somaxconn': '1024' },
      ulimits: { nofile: { soft: 1024, hard: 4096 } },
    },
  }),
});

export default defineStack(Scanned, {
  dev: docker({
    secrets: envFile(),
    components: {
      api: { overrides: [tuned], bindMounts: [{ folder: 'source', path: '/srv/source' }] },
      proxy: {
        expose: hostPort(9443, '127.0.0.1'),
        tls: { certificate: certificateFiles(), redirectFrom: 10080 },
      },
    },
  }),
});
