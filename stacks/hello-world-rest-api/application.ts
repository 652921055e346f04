import {
  Application,
  Backend,
  Duration,
  Health,
  Image,
  ReverseProxy,
  Route,
  type Environment,
} from 'catamaran';

/** Answers with a greeting and its release. To make a release, change the version here. */
export class HelloWorldRestApi extends Application {
  constructor(environment: Environment) {
    super('hello-world-rest-api', environment, {
      folder: __dirname,
      version: '0.0.2.RELEASE',
      owner: { email: 'hello@example.org' },
    });

    const api = new Backend(this, 'api', {
      image: Image.build('api'),
      port: 8080,
      replicas: 3,
      health: Health.http('/health', { every: Duration.seconds(2) }),
      deadline: Duration.minutes(2),
      env: { RELEASE: this.version },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', api)], publish: 8080 });
  }
}
