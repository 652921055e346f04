import { Application, Backend, Health, Image, ReverseProxy, Route, type Environment } from 'catamaran';

/** The API of an LLM platform: one image for two platforms, in a private registry. */
export class DifyApi extends Application {
  constructor(environment: Environment) {
    super('dify-api', environment, {
      folder: __dirname,
      version: '1.2.0',
      owner: { email: 'dify-api@example.org' },
    });

    const api = new Backend(this, 'api', {
      image: Image.build('api', { platforms: ['linux/amd64', 'linux/arm64'] }),
      port: 5001,
      replicas: 2,
      health: Health.http('/health'),
      env: { CURRENT_VERSION: this.version, DEPLOY_ENV: environment.name.toUpperCase() },
    });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', api)], publish: 5001 });
  }
}
