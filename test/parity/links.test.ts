import { internalPort } from '../../constructs/model/network';
import {
  Backend,
  Cache,
  ExternalApi,
  Health,
  ingress,
  kubernetes,
  later,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  ScheduledJob,
  Schedule,
  Secret,
  text,
  Worker,
  type Application,
  type Component,
} from 'catamaran';
import type { ManifestOf } from '../../charts/manifest';
import { planKubernetes } from '../../charts/plan';
import { networkIssues } from '../../constructs/compile/validation/network';
import { formatIssue, type Issue } from '../../constructs/issue';
import { reportTo } from '../../constructs/target/report';
import {
  application,
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  workloadOfApp,
  type Build,
} from '../support/application';
import { kubeletEnvironment, interpolateByCompose } from '../support/expansion';
import { composeOf, containerOf, objectOf, podOf, serviceOf } from '../support/written';
import { both, policyEdges } from './support';

/** The pairs that share a network on Docker, as `from -> to`. */
function networkEdges(docker: ReturnType<typeof planOfApp>): string[] {
  const names = Object.keys(composeOf(docker).networks).filter((name) => name.includes('.'));
  return names.map((name) => name.replace('.', ' -> ')).sort();
}

/** Proves that both targets open exactly these connections. */
function expectEdges(build: Build, edges: readonly string[]): ReturnType<typeof both> {
  const planned = both(build);
  expect(policyEdges(planned.kubernetes, 'Egress')).toEqual(edges);
  expect(policyEdges(planned.kubernetes, 'Ingress')).toEqual(edges);
  const pairs = [...new Set(edges.map((edge) => edge.replace(/:\d+$/, '')))];
  expect(networkEdges(planned.docker)).toEqual(pairs);
  return planned;
}

const backend = (app: Application, name: string, props: object = {}) =>
  new Backend(app, name, { image: 'api:1.0', port: 8000, ...props });

test('a text in a variable has the same value on both targets, whatever its secrets look like', () => {
  const { docker, kubernetes } = both((app) => {
    const db = new PostgresDatabase(app, 'db');
    backend(app, 'api', {
      env: {
        URL: text`postgresql+asyncpg://${db.username}:${db.password}@${db.host}:${db.port}/${db.database}?pool=5`,
        TOKEN: text`$(HOME) Bearer ${Secret.named('TOKEN')}, $$`,
      },
    });
  });
  const secrets = { DB_PASSWORD: 'pass-word', TOKEN: '$(URL) ${URL} $$' };
  const meant = {
    URL: 'postgresql+asyncpg://app:pass-word@db:5432/shop?pool=5',
    TOKEN: '$(HOME) Bearer $(URL) ${URL} $$, $$',
  };
  const inPod = kubeletEnvironment(containerOf(kubernetes, 'api').env ?? [], secrets, {});
  expect(inPod).toMatchObject(meant);
  const environment = Object.entries(serviceOf(docker, 'api').environment ?? {});
  expect(
    Object.fromEntries(environment.map(([name, value]) => [name, interpolateByCompose(value, secrets)])),
  ).toEqual(meant);
});

describe('connectsTo', () => {
  test('opens every port of a component, without a variable and without waiting', () => {
    const { docker, kubernetes } = expectEdges(
      (app) => {
        const cache = new Cache(app, 'cache');
        const api = backend(app, 'api', { connectsTo: [cache] });
        new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
      },
      ['api -> cache:6379', 'proxy -> api:8000'],
    );
    expect(containerOf(kubernetes, 'api').env).toBeUndefined();
    expect(podOf(kubernetes, 'api').initContainers).toBeUndefined();
    expect(serviceOf(docker, 'api').environment).toBeUndefined();
    expect(serviceOf(docker, 'api').depends_on).toBeUndefined();
  });

  test('opens host and port of an external and of a managed service', () => {
    const addresses = ['192.0.2.0/24'];
    const build = (app: Application) => {
      const mail = new ExternalApi(app, 'mail', { url: 'https://mail.example.com', addresses });
      backend(app, 'api', { connectsTo: [mail, new Cache(app, 'cache')] });
    };
    const components = { cache: { managed: { host: 'redis.example.com', addresses } } };
    expect(workloadOfApp('api', build, { ...onKubernetes, components }).connections).toEqual([
      { kind: 'external', name: 'mail', host: 'mail.example.com', port: 443, protocol: 'tcp', addresses },
      { kind: 'external', name: 'cache', host: 'redis.example.com', port: 6379, protocol: 'tcp', addresses },
    ]);
  });

  test('lets two components know each other', () => {
    expectEdges(
      (app) => {
        const known: Component[] = [];
        const one = backend(app, 'one', { connectsTo: known });
        known.push(backend(app, 'two', { connectsTo: [one] }));
      },
      ['one -> two:8000', 'two -> one:8000'],
    );
  });

  test('opens nothing to a proxy that the cluster serves', () => {
    const build: Build = (app) => {
      const proxy = new ReverseProxy(app, 'proxy', { routes: [Route.path('/', backend(app, 'api'))] });
      new Worker(app, 'robot', { image: 'robot:1.0', connectsTo: [proxy] });
    };
    const controller = { namespace: 'ingress-nginx', labels: { app: 'ingress-nginx' } };
    const place = kubernetes({ namespace: 'shop', proxy: ingress({ className: 'nginx', controller }) });
    expect(issuesOfApp(build, place)).toEqual([
      'shop/robot: connectsTo is "proxy": write the components behind it, because the cluster serves its routes',
    ]);
  });

  test('needs a component of this application that has a port', () => {
    const stranger = backend(
      application(() => undefined, onDocker, { name: 'other' }),
      'api',
    );
    const build: Build = (app) => {
      const mailer = new Worker(app, 'mailer', { image: 'api:1.0' });
      backend(app, 'api', { connectsTo: [mailer, stranger] });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: connectsTo is "other/api": write a component of shop, or an external service',
      'shop/api: connectsTo is "mailer": write a component with a port, or an external service',
    ]);
  });
});

describe('waitsFor', () => {
  test('opens the port that its check asks, and nothing else', () => {
    const { docker, kubernetes } = expectEdges(
      (app) => {
        new Worker(app, 'mailer', { image: 'mailer:1.0', waitsFor: [new PostgresDatabase(app, 'database')] });
      },
      ['mailer -> database:5432'],
    );
    expect(serviceOf(docker, 'mailer').network_mode).toBeUndefined();
    expect(serviceOf(docker, 'mailer').depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(podOf(kubernetes, 'mailer').initContainers?.map(({ name }) => name)).toEqual(['wait-database']);
  });

  test('opens one port of a component with two, and connectsTo opens both', () => {
    const build = (props: (proxy: ReverseProxy) => object) => (app: Application) => {
      const tls = { certificate: { kind: 'secrets', certificate: 'CERTIFICATE', key: 'KEY' } } as const;
      const routes = [Route.path('/', backend(app, 'api'))];
      const proxy = new ReverseProxy(app, 'proxy', { routes, tls });
      new Worker(app, 'robot', { image: 'robot:1.0', ...props(proxy) });
    };
    const edges = (props: (proxy: ReverseProxy) => object) =>
      policyEdges(planOfApp(build(props), onKubernetes), 'Egress');
    expect(edges((proxy) => ({ waitsFor: [proxy] }))).toEqual(['proxy -> api:8000', 'robot -> proxy:8080']);
    expect(edges((proxy) => ({ connectsTo: [proxy] }))).toEqual([
      'proxy -> api:8000',
      'robot -> proxy:8080',
      'robot -> proxy:8443',
    ]);
  });

  test('lets each caller in at its own ports only', () => {
    const model = modelOfApp((app) => {
      const api = backend(app, 'api');
      backend(app, 'one', { connectsTo: [api] });
      backend(app, 'two', { waitsFor: [api] });
    }, onKubernetes);
    const twoPorts = model.workloads.map((workload) => {
      if (workload.name === 'api')
        return { ...workload, ports: [...workload.ports, internalPort('metrics', 9100)] };
      const metrics = { kind: 'workload', workload: 'api', port: 9100, protocol: 'tcp' } as const;
      return workload.name === 'one'
        ? { ...workload, connections: [...workload.connections, metrics] }
        : workload;
    });
    const { groups } = planKubernetes({ ...model, workloads: twoPorts }, onKubernetes);
    const [policy] = groups
      .flatMap(({ objects }) => objects)
      .filter(
        (object) => object.kind === 'NetworkPolicy' && object.metadata.name === 'api',
      ) as ManifestOf<'NetworkPolicy'>[];
    expect(policy?.spec?.ingress?.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([
      [8000, 9100],
      [8000],
    ]);
  });

  test('for a migration opens what the check of the migration connects to', () => {
    expectEdges(
      (app) => {
        const database = new PostgresDatabase(app, 'database');
        const cache = new Cache(app, 'cache');
        const migration = new Migration(app, 'migration', {
          image: 'api:1.0',
          command: ['up'],
          check: ['ok'],
          env: { DATABASE_URL: database.url },
          connectsTo: [cache],
        });
        backend(app, 'api', { waitsFor: [migration] });
      },
      ['api -> cache:6379', 'api -> database:5432', 'migration -> cache:6379', 'migration -> database:5432'],
    );
  });

  test('for a migration that only waits opens what that wait asks', () => {
    const build = (app: Application) => {
      const database = new PostgresDatabase(app, 'database');
      const migration = new Migration(app, 'migration', {
        image: 'api:1.0',
        command: ['up'],
        check: ['ok'],
        env: { DATABASE_URL: Secret.named('DATABASE_URL') },
        waitsFor: [database],
      });
      backend(app, 'api', { waitsFor: [migration] });
    };
    expectEdges(build, ['api -> database:5432', 'migration -> database:5432']);
  });

  test('for a backend whose health is a command asks its port, which only a ready pod answers', () => {
    const { kubernetes } = both((app) => {
      const api = backend(app, 'api', { health: Health.command(['ok']) });
      new Worker(app, 'robot', { image: 'robot:1.0', waitsFor: [api] });
    });
    const [wait] = podOf(kubernetes, 'robot').initContainers ?? [];
    expect(wait?.command?.slice(-2)).toEqual(['api', '8000']);
    expect(wait?.image).toBe('robot:1.0');
  });

  test('cannot wait for what has no check', () => {
    const build: Build = (app) => {
      const job = new ScheduledJob(app, 'job', {
        image: 'api:1.0',
        command: ['run'],
        schedule: Schedule.cron('@daily'),
      });
      backend(app, 'api', { waitsFor: [job, new Worker(app, 'mailer', { image: 'api:1.0' })] });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/api: waitsFor is "job": write a component with a port, or a migration',
      'shop/api: waitsFor is "mailer": write a component with a port, or a migration',
    ]);
  });
});

test('a model whose wait asks what it may not reach is refused, wherever the wait comes from', () => {
  const model = modelOfApp((app) => {
    const database = new PostgresDatabase(app, 'database', {
      backup: { schedule: Schedule.cron('@daily'), to: { kind: 'volume', size: { bytes: 1024 ** 3 } } },
    });
    const env = { DATABASE_URL: database.url };
    const command = { command: ['up'], check: ['ok'] };
    const migration = new Migration(app, 'migration', { image: 'api:1.0', ...command, env });
    const api = backend(app, 'api', { waitsFor: [migration] });
    new ReverseProxy(app, 'proxy', { routes: [Route.path('/', api)] });
  });
  const issues: Issue[] = [];
  for (const workload of model.workloads)
    networkIssues({ ...workload, connections: [] }, reportTo(issues, workload.name), model);
  const because = 'because this component runs the check of';
  expect(issues.map(formatIssue)).toEqual([
    `database-backup: waitsFor is "database": write a connection to port 5432 of database as well, ${because} database`,
    `migration: waitsFor is "database": write a connection to port 5432 of database as well, ${because} database`,
    `api: waitsFor is "migration": write a connection to port 5432 of database as well, ${because} migration`,
    `proxy: waitsFor is "api": write a connection to port 8000 of api as well, ${because} api`,
  ]);
});

describe('later', () => {
  const mutual: Build = (app) => {
    const api = backend(app, 'api', {
      env: { WEB: later(() => web.url), CALLBACK: text`${later(() => web.url)}/v1` },
    });
    const web = backend(app, 'web', { env: { API: api.url } });
  };

  test('lets two components know each other, and waits for nothing', () => {
    const { docker, kubernetes } = expectEdges(mutual, ['api -> web:8000', 'web -> api:8000']);
    const env = { CALLBACK: 'http://web:8000/v1', WEB: 'http://web:8000' };
    expect(serviceOf(docker, 'api').environment).toEqual(env);
    expect(serviceOf(docker, 'api').depends_on).toBeUndefined();
    expect(serviceOf(docker, 'web').depends_on).toEqual({ api: { condition: 'service_healthy' } });
    expect(containerOf(kubernetes, 'api').env).toEqual(
      Object.entries(env).map(([name, value]) => ({ name, value })),
    );
    expect(podOf(kubernetes, 'api').initContainers).toBeUndefined();
    expect(podOf(kubernetes, 'web').initContainers?.map(({ name }) => name)).toEqual(['wait-api']);
  });

  test('lets a component know its own address', () => {
    const { docker, kubernetes } = both((app) => {
      const own: Backend = backend(app, 'api', { replicas: 2, env: { SELF: later(() => own.endpoint) } });
    });
    const self = { podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'api' } } };
    const ports = [{ protocol: 'TCP', port: 8000 }];
    const policy = objectOf(kubernetes, 'NetworkPolicy', 'api').spec;
    expect(policy?.ingress).toEqual([{ from: [self], ports }]);
    expect(policy?.egress?.at(-1)).toEqual({ to: [self], ports });
    expect(serviceOf(docker, 'api').networks).toEqual({ 'api.api': { aliases: ['api'] } });
  });

  test('carries the secret and the permission of a managed service', () => {
    const components = { database: { managed: { host: 'db.example.com', addresses: ['192.0.2.0/24'] } } };
    const workload = workloadOfApp(
      'api',
      (app) => {
        backend(app, 'api', { env: { URL: later(() => database.url) } });
        const database = new PostgresDatabase(app, 'database');
      },
      { ...onKubernetes, components },
    );
    expect(workload.variables).toEqual({
      URL: [
        'postgresql://app:',
        { secret: 'DATABASE_PASSWORD' },
        '@db.example.com:5432/shop?sslmode=require',
      ],
    });
    expect(workload.connections).toMatchObject([{ kind: 'external', host: 'db.example.com', port: 5432 }]);
  });

  test('needs a reference, to a component of this application', () => {
    const stranger = backend(
      application(() => undefined, onDocker, { name: 'other' }),
      'api',
    );
    const nothing: { readonly web?: Backend } = {};
    const write = 'later(() => web.url), with a component that the constructor of the application creates';
    const build: Build = (app) =>
      backend(app, 'api', {
        env: {
          A: later(() => (nothing as { web: Backend }).web.url),
          B: later(() => stranger),
          C: later(() => stranger.url),
          D: text`${later(() => 5)}`,
          E: later(() => `${stranger.url as unknown as string}/v1`),
        },
      });
    expect(issuesOfApp(build)).toEqual([
      `shop/api: later(…) finds no component: write ${write}`,
      `shop/api: later(…) is the component api: write ${write}`,
      'shop/api: env.C is "other/api": write a component of shop, or an external service',
      `shop/api: later(…) is 5: write ${write}`,
      'shop/api: a reference to api (its url) was turned into a string, which would lose it: write ' +
        'text`${api.url}/v1`, with the word text before the first quote',
    ]);
    expect(() => later('web' as unknown as () => void)).toThrow(
      'later: reference is "web": write later(() => web.url), with a function',
    );
  });
});
