import {
  Application,
  defineStack,
  docker,
  Frontend,
  Health,
  Image,
  kubernetes,
  nodePort,
  ReverseProxy,
  Route,
  type Environment,
} from 'catamaran';

/** Static files, and a site that a program serves in two versions, one of which gets a quarter of the visitors. */
class Site extends Application {
  constructor(environment: Environment) {
    super('site', environment, { folder: __dirname });
    const web = new Frontend(this, 'web', { kind: 'static', image: Image.build('.') });
    const [stable, canary] = ['stable', 'canary'].map(
      (version) =>
        new Frontend(this, version, {
          kind: 'server',
          image: 'python:3.13-slim',
          command: ['python3', '-m', 'http.server', '8000', '--directory', '/srv/files'],
          port: 8000,
          files: { '/srv/files/version/index.html': version },
          health: Health.http('/version/'),
        }),
    );
    if (!stable || !canary) throw new Error('two versions were made');
    const versions = [{ component: stable, weight: 3 }, { component: canary }];
    new ReverseProxy(this, 'proxy', {
      routes: [Route.path('/', web), Route.path('/version/', versions)],
      publish: 18099,
    });
  }
}

export default defineStack(Site, {
  dev: docker(),
  staging: kubernetes({
    namespace: 'site-e2e',
    qualityOfService: 'burstable',
    registry: 'registry.example.com/site',
    components: { proxy: { expose: nodePort(30079) } },
  }),
});
