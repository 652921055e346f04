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
  gateway,
  Health,
  hostPort,
  ingress,
  kubernetes,
  nodePort,
  ReverseProxy,
  Route,
  Secret,
  Size,
  tlsSecret,
  type Environment,
  type RouteMatch,
} from 'catamaran';

const hosts = ['one.example'];

/** A server that says what it was asked, behind every kind of route that the environment's proxy knows. */
class Proxied extends Application {
  constructor(environment: Environment) {
    super('proxied', environment, { folder: __dirname });
    const [echo, several] = ['echo', 'several'].map(
      (name) =>
        new Backend(this, name, {
          image: 'python:3.13-slim',
          command: ['python3', '-u', '/srv/echo/echo.py'],
          port: 8000,
          replicas: name === 'several' ? 2 : 1,
          files: { '/srv/echo/echo.py': readFileSync(join(__dirname, 'echo.py'), 'utf8') },
          health: Health.http('/health'),
        }),
    );
    if (!echo || !several) throw new Error('two servers were made');
    const everywhere = [
      Route.path('/', echo, { hosts }),
      Route.path('/live', echo, { hosts, websocket: true }),
      Route.path('/', several, { hosts: ['two.example'] }),
    ];
    const kind = environment.target === 'docker' ? 'nginx' : environment.proxy.kind;
    const routes = {
      nginx: [...everywhere, ...paths(echo), ...guarded(echo, several)],
      gateway: [...everywhere, ...paths(echo)],
      ingress: everywhere,
    };
    new ReverseProxy(this, 'proxy', { routes: routes[kind] });
  }
}

function paths(echo: Backend): Route[] {
  const on: RouteMatch = { hosts };
  return [
    Route.path('/stripped', echo, { ...on, stripPrefix: true }),
    Route.redirect('/old', '/new', { ...on, status: 301 }),
    Route.redirect('/up', '/', on),
    Route.redirect('/away', 'https://docs.example/v2', on),
  ];
}

function guarded(echo: Backend, several: Backend): Route[] {
  const auth = { user: 'ops', password: Secret.named('OPS_PASSWORD') };
  return [
    Route.path('/small', echo, { hosts, bodyLimit: Size.kibibytes(1) }),
    Route.path('/secret', echo, { hosts, auth }),
    Route.path('/sticky', several, { hosts, sticky: { cookie: 'visitor' } }),
  ];
}

const certificate = certificateFiles();
/** Each is applied in turn to the one cluster of the tests; the contexts say that nobody runs two side by side. */
const cluster = {
  namespace: 'routes-proxied',
  qualityOfService: 'burstable',
  secrets: existingSecret('proxied-secrets'),
} as const;
const controller = { namespace: 'ingress', labels: { 'app.kubernetes.io/name': 'ingress' } };
const kept = { components: { proxy: { tls: { certificate: tlsSecret('proxied-tls') } } } };

export default defineStack(Proxied, {
  dev: docker({
    secrets: envFile(),
    components: {
      proxy: { expose: hostPort(18140, '127.0.0.1'), tls: { certificate, redirectFrom: 18141 } },
    },
  }),
  nginx: kubernetes({
    ...cluster,
    context: 'nginx',
    components: { proxy: { expose: nodePort(30025), tls: { certificate, redirectFrom: 30026 } } },
  }),
  ingress: kubernetes({
    ...cluster,
    ...kept,
    context: 'ingress',
    proxy: ingress({ className: 'testbed', controller }),
  }),
  gateway: kubernetes({
    ...cluster,
    ...kept,
    context: 'gateway',
    proxy: gateway({ className: 'example', controller }),
  }),
});
