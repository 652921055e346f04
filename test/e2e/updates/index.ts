import {
  Application,
  Backend,
  defineStack,
  Duration,
  Health,
  kubernetes,
  nodePort,
  ReverseProxy,
  Route,
  Size,
  type Environment,
} from 'catamaran';

/** Pages on a volume, and a proxy that leads elsewhere, until a test leads it to them. */
class Updates extends Application {
  constructor(environment: Environment) {
    super('updates', environment, { folder: __dirname, owner: { team: 'deck' } });
    new Backend(this, 'pages', {
      image: 'python:3.13-slim',
      command: ['python3', '-m', 'http.server', '8000', '--directory', '/srv/pages'],
      port: 8000,
      health: Health.http('/'),
      volumes: { data: { path: '/srv/pages', size: Size.mebibytes(64) } },
      grace: Duration.seconds(1),
    });
    const routes = [Route.redirect('/', 'https://pages.example.com')];
    new ReverseProxy(this, 'proxy', { image: 'nginxinc/nginx-unprivileged:1.27', routes, publish: 8080 });
  }
}

export default defineStack(Updates, {
  live: kubernetes({
    namespace: 'updates-e2e',
    storageClass: 'updates-e2e',
    data: 'delete',
    qualityOfService: 'burstable',
    components: { proxy: { expose: nodePort(30093) } },
  }),
});
