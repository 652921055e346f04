import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Application,
  Backend,
  certificateFiles,
  defineStack,
  docker,
  envFile,
  existingSecret,
  Frontend,
  Health,
  hostPort,
  kubernetes,
  nodePort,
  ReverseProxy,
  Route,
  Size,
  type ComponentSettings,
  type Environment,
} from 'catamaran';

/** A server and a website behind three proxies: with TLS, without TLS, and behind a load balancer that ends TLS. */
class Traffic extends Application {
  constructor(environment: Environment) {
    super('traffic', environment, { folder: __dirname });
    const server = new Backend(this, 'server', {
      image: 'python:3.13-slim',
      command: ['python3', '-u', '/srv/traffic/server.py'],
      port: 8000,
      files: { '/srv/traffic/server.py': readFileSync(join(__dirname, 'server.py'), 'utf8') },
      health: Health.http('/health'),
    });
    const site = new Frontend(this, 'site', {
      kind: 'static',
      image: 'nginxinc/nginx-unprivileged:1.27',
      files: { '/usr/share/nginx/html/docs/index.html': '<h1>docs</h1>\n' },
      health: Health.http('/docs/'),
      singlePage: false,
    });
    const routes = [
      Route.path('/', site),
      Route.path('/site', site, { stripPrefix: true }),
      Route.path('/api', server, {
        stripPrefix: true,
        bodyLimit: Size.mebibytes(256),
        websocket: true,
      }),
      Route.path('/kept', server, { bodyLimit: Size.bytes(1) }),
      Route.path('/named', server, { hosts: ['Exact.Wild.example'], stripPrefix: true }),
      Route.path('/any', server, { hosts: ['*.wild.example'], stripPrefix: true }),
      Route.path('/.well-known/acme-challenge', server, { hosts: ['acme.example'] }),
    ];
    for (const name of ['secure', 'plain', 'behind']) new ReverseProxy(this, name, { routes });
  }
}

const certificate = certificateFiles();
const stranger = { trustedProxies: ['192.0.2.1'] };
const trusted = { trustedProxies: ['10.0.0.0/8', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] };

const tls = (redirectFrom: number): ComponentSettings => ({ tls: { certificate, redirectFrom } });

export default defineStack(Traffic, {
  dev: docker({
    secrets: envFile(),
    components: {
      secure: { expose: hostPort(18150, '127.0.0.1'), ...tls(18151) },
      plain: { expose: hostPort(18152, '127.0.0.1'), ...stranger },
      behind: { expose: hostPort(18153, '127.0.0.1'), ...tls(18154), ...trusted },
    },
  }),
  cluster: kubernetes({
    namespace: 'traffic-cluster',
    qualityOfService: 'burstable',
    secrets: existingSecret('traffic-secrets'),
    components: {
      secure: { expose: nodePort(30150), ...tls(30151) },
      plain: { expose: nodePort(30152), ...stranger },
      behind: { expose: nodePort(30153), ...tls(30154), ...trusted },
    },
  }),
});
