import { Application, Backend, Health, Image, ReverseProxy, Route, type Environment } from 'catamaran';

/** The application starter: a backend behind a reverse proxy. It is the same in every environment. */
export class StarterApplication extends Application {
  constructor(environment: Environment) {
    super('starter', environment, { folder: __dirname });

    const backend = new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 8000,
      health: Health.http('/health'),
      env: { GREETING: `Hello from ${environment.name}` },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', backend)], publish: 8080 });
  }
}
