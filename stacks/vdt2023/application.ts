import {
  Application,
  Backend,
  Health,
  Image,
  MongoDatabase,
  ReverseProxy,
  Route,
  Size,
  type Environment,
} from 'catamaran';

/** A guest book: nginx, a Flask backend and MongoDB. */
export class Vdt2023 extends Application {
  constructor(environment: Environment) {
    super('vdt2023', environment, { folder: __dirname, owner: { email: 'vdt2023@example.org' } });

    const database = new MongoDatabase(this, 'database', { storage: Size.gibibytes(1) });
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 5000,
      replicas: 2,
      health: Health.http('/health/db'),
      liveness: Health.http('/health'),
      env: { MONGO_URL: database.url },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', backend)], publish: 80 });
  }
}
