import {
  Application,
  Backend,
  Cache,
  ExternalApi,
  Health,
  Image,
  Json,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  Secret,
  type Environment,
} from 'catamaran';

/** An API for notes, with PostgreSQL, Redis and a schema migration. */
export class EqBackend extends Application {
  constructor(environment: Environment) {
    super('eq-backend', environment, { folder: __dirname, owner: { email: 'eq@example.org' } });

    const database = new PostgresDatabase(this, 'database', { database: 'eq', username: 'eq' });
    const cache = new Cache(this, 'cache');
    const openai = new ExternalApi(this, 'openai', { url: 'https://api.openai.com/v1' });
    const image = Image.build('backend');
    const exceptions = { 'secrets-in-files': 'its settings are read from variables alone' };
    const migration = new Migration(this, 'migration', {
      image,
      command: ['python3', 'migrate.py', 'upgrade'],
      check: ['python3', 'migrate.py', 'current'],
      env: { DATABASE_URL: database.url },
    });
    const backend = new Backend(this, 'backend', {
      image,
      port: 8000,
      replicas: 2,
      autoscale: { max: 6, targetPercent: 70 },
      health: Health.http('/health/db'),
      liveness: Health.http('/health'),
      waitsFor: [migration],
      exceptions,
      env: {
        ENVIRONMENT: environment.name,
        LOG_LEVEL: 'info',
        OPENAI_BASE_URL: openai.url,
        CORS_ORIGINS: Json.of(['http://localhost:3000']),
        DATABASE_URL: database.url,
        REDIS_URL: cache.url,
        SECRET_KEY: Secret.random('SECRET_KEY'),
        ...Secret.variables(
          'ALGORITHM',
          'ACCESS_TOKEN_EXPIRE_MINUTES',
          'GOOGLE_CLIENT_ID',
          'GOOGLE_CLIENT_SECRET',
          'OPENAI_API_KEY',
        ),
      },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', backend)], publish: 8000 });
  }
}
