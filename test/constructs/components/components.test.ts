import {
  Backend,
  Cache,
  Cpu,
  ExternalApi,
  Frontend,
  Health,
  hostPort,
  loadBalancer,
  Migration,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  nodePort,
  PostgresDatabase,
  ReverseProxy,
  Route,
  SearchEngine,
  Secret,
  Size,
  type Application,
} from 'catamaran';
import { renderTemplate } from '../../../constructs/model/template';
import type { Workload } from '../../../constructs/model/workload';
import { Construct } from 'constructs';
import { modelOfApp, onDocker, onKubernetes, present, workloadOfApp } from '../../support/application';

/** The text of a variable, with the names of its secrets in angle brackets. */
function variable({ variables }: Workload, name: string): string {
  return renderTemplate(
    present(variables[name]),
    (text) => text,
    (secret) => `<${secret}>`,
  );
}

describe('a backend', () => {
  const build = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });

  test('has a default for every field', () => {
    const probe = {
      kind: 'probe',
      check: { kind: 'tcp', port: 8000 },
      every: { milliseconds: 10_000 },
      timeout: { milliseconds: 5000 },
      retries: 3,
      startPeriod: { milliseconds: 30_000 },
    };
    expect(workloadOfApp('api', build)).toEqual({
      name: 'api',
      run: 'service',
      schedule: { kind: 'none' },
      image: { kind: 'reference', reference: 'api:1.0' },
      entrypoint: [],
      arguments: [],
      variables: {},
      files: [],
      secretFiles: [],
      volumes: [],
      bindMounts: [],
      scratch: [{ path: '/tmp', size: Size.mebibytes(64), medium: 'disk' }],
      user: { uid: 10001, gid: 10001, binding: 'image' },
      ports: [{ name: 'http', number: 8000 }],
      exposure: { kind: 'internal' },
      routes: [],
      tls: { kind: 'none' },
      replicas: 1,
      autoscaling: { kind: 'none' },
      cpu: { request: Cpu.millicores(100), limit: Cpu.millicores(500) },
      memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      processes: 256,
      readiness: probe,
      liveness: probe,
      gate: { kind: 'check', check: probe.check, memory: Size.mebibytes(64) },
      after: [],
      connections: [],
      grace: { milliseconds: 20_000 },
      deadline: { kind: 'after', time: { milliseconds: 600_000 } },
      exceptions: [],
    });
  });

  test('is as large and as public as its environment says, and has its variables on top', () => {
    const components = {
      api: {
        replicas: 3,
        autoscale: { max: 7 },
        cpu: Cpu.cores(1),
        memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
        env: { LEVEL: 'warning', MORE: 1 },
        expose: nodePort(30_001, 8081),
      },
    };
    const own = (app: Application) =>
      new Backend(app, 'api', {
        image: 'api:1.0',
        port: 8000,
        replicas: 1,
        publish: 80,
        autoscale: { max: 2 },
        cpu: Cpu.cores(4),
        env: { LEVEL: 'info', SAME: 'same' },
      });
    const workload = workloadOfApp('api', own, { ...onKubernetes, components });
    expect(workload).toMatchObject({
      replicas: 3,
      autoscaling: { kind: 'cpu', max: 7, targetPercent: 70 },
      cpu: { request: Cpu.cores(1), limit: Cpu.cores(1) },
      memory: { request: Size.mebibytes(64), limit: Size.gibibytes(1) },
      variables: { LEVEL: ['warning'], MORE: ['1'], SAME: ['same'] },
      exposure: { kind: 'node-port', nodePort: 30_001, port: 8081 },
    });
    const off = { ...onKubernetes, components: { api: { autoscale: 'off' } } } as const;
    expect(workloadOfApp('api', own, off).autoscaling).toEqual({ kind: 'none' });
  });

  test('is published in the way of its target', () => {
    const published = (app: Application) =>
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, publish: 80 });
    expect(workloadOfApp('api', published, onDocker).exposure).toEqual(hostPort(80));
    expect(workloadOfApp('api', published, onKubernetes).exposure).toEqual(loadBalancer(80));
    const local = { ...onDocker, components: { api: { expose: hostPort(81, '127.0.0.1') } } };
    expect(workloadOfApp('api', published, local).exposure).toEqual(hostPort(81, '127.0.0.1'));
  });

  test('is referenced once per reference, however often', () => {
    const workload = workloadOfApp('web', (app) => {
      const api = build(app);
      const env = { HOST: api.endpoint, URL: api.url, SAME: api.url };
      new Backend(app, 'web', { image: 'web:1.0', port: 3000, env, waitsFor: [api] });
    });
    expect(workload.connections).toEqual([{ kind: 'workload', workload: 'api', port: 8000 }]);
    expect(workload.after).toEqual([{ workload: 'api', until: 'ready' }]);
    expect(variable(workload, 'HOST')).toBe('api:8000');
    expect(variable(workload, 'URL')).toBe('http://api:8000');
  });

  test('waits for a component without a permission to connect to it', () => {
    const workload = workloadOfApp('web', (app) => {
      const api = build(app);
      new Backend(app, 'web', { image: 'web:1.0', port: 3000, waitsFor: [api] });
    });
    expect(workload).toMatchObject({ connections: [], after: [{ workload: 'api', until: 'ready' }] });
  });

  test('has its variables in the order of their names', () => {
    const workload = workloadOfApp(
      'api',
      (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { B: 1, _: 2, A: 3 } }),
    );
    expect(Object.keys(workload.variables)).toEqual(['A', 'B', '_']);
  });
});

describe.each([
  [
    'PostgreSQL',
    PostgresDatabase,
    'postgresql://app:<DATABASE_PASSWORD>@database:5432/my_shop',
    'postgresql://app:<DATABASE_PASSWORD>@db.example.com:7000/my_shop?sslmode=require',
  ],
  [
    'MongoDB',
    MongoDatabase,
    'mongodb://root:<DATABASE_PASSWORD>@database:27017/my_shop?authSource=admin',
    'mongodb://root:<DATABASE_PASSWORD>@db.example.com:7000/my_shop?authSource=admin&tls=true',
  ],
  [
    'MySQL',
    MysqlDatabase,
    'mysql://app:<DATABASE_PASSWORD>@database:3306/my_shop',
    'mysql://app:<DATABASE_PASSWORD>@db.example.com:7000/my_shop?ssl-mode=REQUIRED',
  ],
  [
    'MariaDB',
    MariadbDatabase,
    'mysql://app:<DATABASE_PASSWORD>@database:3306/my_shop',
    'mysql://app:<DATABASE_PASSWORD>@db.example.com:7000/my_shop?ssl-mode=REQUIRED',
  ],
] as const)('%s', (_, Kind, own, managed) => {
  const build = (app: Application) => {
    const database = new Kind(app, 'database');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.url } });
  };
  const options = { name: 'my-shop' };

  test('has a URL that carries secret, start order and permission', () => {
    const model = modelOfApp(build, onDocker, options);
    const [database, api] = model.workloads;
    expect(variable(present(api), 'URL')).toBe(own);
    expect(api?.after).toEqual([{ workload: 'database', until: 'ready' }]);
    expect(api?.connections).toEqual([
      { kind: 'workload', workload: 'database', port: database?.ports[0]?.number },
    ]);
    expect(model.secrets).toEqual(['DATABASE_PASSWORD']);
  });

  test('has its password in a file, and no value of it anywhere', () => {
    const [database] = modelOfApp(build, onDocker, options).workloads;
    expect(database?.secretFiles).toEqual([
      { path: '/run/secrets/database', files: { password: 'DATABASE_PASSWORD' } },
    ]);
    const texts = Object.values(database?.variables ?? {}).flat();
    expect(texts).toContain('/run/secrets/database/password');
    expect(texts.filter((part) => typeof part !== 'string')).toEqual([]);
  });

  test('is connected to where somebody else runs it, with encryption and without a start order', () => {
    const components = {
      database: { managed: { host: 'db.example.com', port: 7000, addresses: ['192.0.2.0/24'] } },
    };
    const model = modelOfApp(build, { ...onKubernetes, components }, options);
    expect(model.workloads.map(({ name }) => name)).toEqual(['api']);
    const [api] = model.workloads;
    expect(variable(present(api), 'URL')).toBe(managed);
    expect(api).toMatchObject({
      after: [],
      connections: [
        {
          kind: 'external',
          name: 'database',
          host: 'db.example.com',
          port: 7000,
          addresses: ['192.0.2.0/24'],
        },
      ],
    });
  });

  test('is connected to by the URL that somebody else gives', () => {
    const components = { database: { managed: { host: 'db.example.com', url: Secret.named('DB_URL') } } };
    const model = modelOfApp(build, { ...onKubernetes, components }, options);
    expect(variable(present(model.workloads[0]), 'URL')).toBe('<DB_URL>');
    expect(model.secrets).toEqual(['DB_URL']);
  });

  test('is as large as its environment says', () => {
    const components = { database: { storage: Size.gibibytes(9), memory: Size.gibibytes(2) } };
    const [database] = modelOfApp(build, { ...onKubernetes, components }, options).workloads;
    expect(database?.volumes.map(({ size }) => size)).toEqual([Size.gibibytes(9)]);
    expect(database?.memory.limit).toEqual(Size.gibibytes(2));
  });
});

test.each([
  ['MySQL', MysqlDatabase, 'MYSQL', 'mysqladmin', [], Size.gibibytes(1)],
  [
    ...(['MariaDB', MariadbDatabase, 'MARIADB', 'mariadb-admin'] as const),
    ['--skip-ssl-verify-server-cert'],
    Size.mebibytes(512),
  ],
] as const)('%s is set up by what its image calls things', (_, Kind, prefix, admin, options, limit) => {
  const passwordFile = ['/run/secrets/database/password'];
  const workload = workloadOfApp('database', (app) => new Kind(app, 'database', { username: 'me' }));
  expect(workload).toMatchObject({
    user: { uid: 999, gid: 999, binding: 'any' },
    arguments: ['--datadir=/var/lib/mysql/data'],
    volumes: [{ name: 'data', path: '/var/lib/mysql' }],
    memory: { limit },
    ports: [{ name: 'mysql', number: 3306 }],
  });
  expect(workload.variables).toEqual({
    [`${prefix}_DATABASE`]: ['shop'],
    [`${prefix}_PASSWORD_FILE`]: passwordFile,
    [`${prefix}_ROOT_HOST`]: ['localhost'],
    [`${prefix}_ROOT_PASSWORD_FILE`]: passwordFile,
    [`${prefix}_USER`]: ['me'],
  });
  expect(workload.gate).toMatchObject({
    check: { command: [admin, '--silent', '--protocol=tcp', '--host=database', ...options, 'ping'] },
  });
});

describe('a search engine', () => {
  const build = (app: Application) => {
    const search = new SearchEngine(app, 'search');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: search.url } });
  };

  test('is one node behind a password, with half of its memory as heap', () => {
    const components = { search: { memory: Size.gibibytes(3), storage: Size.gibibytes(9) } };
    const { workloads, secrets } = modelOfApp(build, { ...onDocker, components });
    const [search, api] = workloads;
    expect(variable(present(api), 'URL')).toBe('http://elastic:<SEARCH_PASSWORD>@search:9200');
    expect(secrets).toEqual(['SEARCH_PASSWORD']);
    expect(search).toMatchObject({
      run: 'stateful',
      user: { uid: 1000, gid: 0, binding: 'any' },
      ports: [{ name: 'http', number: 9200 }],
      volumes: [{ path: '/usr/share/elasticsearch/data', size: Size.gibibytes(9) }],
      secretFiles: [{ path: '/run/secrets/search', files: { password: 'SEARCH_PASSWORD' } }],
      variables: {
        ES_JAVA_OPTS: ['-Xms1536m -Xmx1536m'],
        ES_SETTING_DISCOVERY_TYPE: ['single-node'],
        ES_SETTING_XPACK_SECURITY_ENABLED: ['true'],
      },
    });
  });

  test('writes to its data, its logs and /tmp alone, where its configuration is copied', () => {
    const search = workloadOfApp('search', build);
    expect(search.scratch.map(({ path }) => path)).toEqual(['/tmp', '/usr/share/elasticsearch/logs']);
    expect(search.variables['ES_PATH_CONF']).toEqual(['/tmp/config']);
    expect(search.entrypoint.at(-1)).toBe(
      'mkdir -p /tmp/config && cp -R /usr/share/elasticsearch/config/. /tmp/config && ' +
        'ELASTIC_PASSWORD="$(cat /run/secrets/search/password)" && export ELASTIC_PASSWORD && ' +
        'exec /usr/local/bin/docker-entrypoint.sh eswrapper',
    );
  });

  test('is connected to where somebody else runs it, with encryption', () => {
    const components = { search: { managed: { host: 'es.example.com', port: 443 } } };
    const { workloads } = modelOfApp(build, { ...onKubernetes, components });
    expect(workloads.map(({ name }) => name)).toEqual(['api']);
    expect(variable(present(workloads[0]), 'URL')).toBe(
      'https://elastic:<SEARCH_PASSWORD>@es.example.com:443',
    );
  });
});

describe('a cache', () => {
  const build = (app: Application) => {
    const cache = new Cache(app, 'my-cache', { memory: Size.mebibytes(100) });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: cache.url } });
  };

  test('has a URL with its password, and keeps a quarter of its memory free', () => {
    const [cache, api] = modelOfApp(build).workloads;
    expect(variable(present(api), 'URL')).toBe('redis://:<MY_CACHE_PASSWORD>@my-cache:6379/0');
    expect(cache?.entrypoint.at(-1)).toContain(`maxmemory ${75 * 1024 ** 2}"`);
    expect(JSON.stringify(cache?.volumes)).toBe('[]');
  });

  test('takes what its environment gives it of memory', () => {
    const components = { 'my-cache': { memory: Size.mebibytes(400) } };
    const [cache] = modelOfApp(build, { ...onDocker, components }).workloads;
    expect(cache?.entrypoint.at(-1)).toContain(`maxmemory ${300 * 1024 ** 2}"`);
  });

  test('is connected to where somebody else runs it, with encryption', () => {
    const components = { 'my-cache': { managed: { host: 'cache.example.com' } } };
    const { workloads } = modelOfApp(build, { ...onKubernetes, components });
    expect(variable(present(workloads[0]), 'URL')).toBe(
      'rediss://:<MY_CACHE_PASSWORD>@cache.example.com:6379/0',
    );
    expect(workloads[0]?.connections).toMatchObject([
      { kind: 'external', port: 6379, addresses: ['0.0.0.0/0'] },
    ]);
  });
});

describe('a frontend', () => {
  test('of static files is served by an unprivileged nginx that answers unknown paths with its page', () => {
    const web = workloadOfApp('web', (app) => new Frontend(app, 'web', { kind: 'static', image: 'web:1.0' }));
    expect(web).toMatchObject({
      user: { uid: 101, gid: 101, binding: 'any' },
      ports: [{ number: 8080 }],
      run: 'service',
    });
    expect(web.files).toEqual([
      {
        path: '/etc/nginx/conf.d',
        files: {
          'default.conf': `server {
    listen 8080;
    root /usr/share/nginx/html;
    index index.html;
    server_tokens off;
    location / {
        try_files $uri $uri/ /index.html;
    }
}
`,
        },
      },
    ]);
    const site = workloadOfApp(
      'web',
      (app) =>
        new Frontend(app, 'web', {
          kind: 'static',
          image: 'web:1.0',
          singlePage: false,
          root: '/site',
          port: 9000,
        }),
    );
    const text = site.files[0]?.files['default.conf'];
    expect(text).toContain('try_files $uri $uri/ =404;');
    expect(text).toContain('root /site;');
    expect(text).toContain('listen 9000;');
  });

  test('of a program is a backend', () => {
    const web = workloadOfApp(
      'web',
      (app) =>
        new Frontend(app, 'web', { kind: 'server', image: 'web:1.0', port: 3000, health: Health.http('/') }),
    );
    expect(web).toMatchObject({ ports: [{ number: 3000 }], files: [], user: { uid: 10001 } });
    expect(web.readiness).toMatchObject({ check: { kind: 'http', port: 3000, path: '/' } });
  });
});

test('a reverse proxy waits for all that it leads to, and is ready whatever they are', () => {
  const proxy = workloadOfApp('proxy', (app) => {
    const one = new Backend(app, 'one', { image: 'api:1.0', port: 8000 });
    const two = new Backend(app, 'two', { image: 'api:1.0', port: 9000 });
    new ReverseProxy(app, 'proxy', {
      routes: [Route.path('/', one), Route.path('/two', [{ component: two, weight: 3 }, { component: one }])],
    });
  });
  expect(proxy.after).toEqual([
    { workload: 'one', until: 'ready' },
    { workload: 'two', until: 'ready' },
  ]);
  expect(proxy.connections).toEqual([
    { kind: 'workload', workload: 'one', port: 8000 },
    { kind: 'workload', workload: 'two', port: 9000 },
  ]);
  expect(
    proxy.routes.map(({ path, answer }) => [
      path,
      answer.kind === 'forward' && answer.targets.map(({ workload, weight }) => [workload, weight]),
    ]),
  ).toEqual([
    ['/', [['one', 1]]],
    [
      '/two',
      [
        ['two', 3],
        ['one', 1],
      ],
    ],
  ]);
  expect(proxy.readiness).toMatchObject({ check: { kind: 'http', path: '/-/healthy' } });
  expect(proxy.exposure).toEqual(hostPort(80));
});

test('what waits for a migration waits until it is done', () => {
  const { workloads } = modelOfApp((app) => {
    const migration = new Migration(app, 'migration', {
      image: 'api:1.0',
      command: ['up'],
      check: ['current'],
    });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor: [migration] });
  });
  expect(workloads.map(({ name, run, after }) => [name, run, after])).toEqual([
    ['migration', 'once', []],
    ['api', 'service', [{ workload: 'migration', until: 'completed' }]],
  ]);
  expect(workloads[0]?.gate).toMatchObject({ check: { kind: 'command', command: ['current'] } });
});

test.each([
  ['https://api.example.com/v1', 'api.example.com', 443],
  ['http://api.example.com', 'api.example.com', 80],
  ['https://api.example.com:8443/v1', 'api.example.com', 8443],
  ['http://[2001:db8::1]:81/', '[2001:db8::1]', 81],
])('a web API at %s is reached at %s, port %d', (url, host, port) => {
  const api = workloadOfApp('api', (app) => {
    const external = new ExternalApi(app, 'mail', { url });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: external.url } });
  });
  expect(api.connections).toEqual([{ kind: 'external', name: 'mail', host, port, addresses: ['0.0.0.0/0'] }]);
  expect(variable(api, 'URL')).toBe(url);
  expect(api.after).toEqual([]);
});

test('a component outside of an application is refused at once', () => {
  const nowhere = new Construct(undefined as unknown as Construct, '');
  expect(() => new Cache(nowhere, 'cache')).toThrow(
    new Error('cache: create components inside an Application'),
  );
});

test('components may be grouped in constructs of their own', () => {
  const { workloads } = modelOfApp((app) => {
    new Cache(new Construct(app, 'group'), 'cache');
  });
  expect(workloads.map(({ name }) => name)).toEqual(['cache']);
});

describe('secrets', () => {
  test('as files are in one folder, and their variables have the paths', () => {
    const api = workloadOfApp('api', (app) => {
      const database = new PostgresDatabase(app, 'database');
      const env = {
        API_KEY_FILE: Secret.named('API_KEY').file,
        PASSWORD_FILE: database.password.file,
        SAME_FILE: Secret.named('API_KEY').file,
      };
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
    });
    expect(variable(api, 'API_KEY_FILE')).toBe('/run/secrets/files/API_KEY');
    expect(variable(api, 'SAME_FILE')).toBe('/run/secrets/files/API_KEY');
    expect(variable(api, 'PASSWORD_FILE')).toBe('/run/secrets/files/DATABASE_PASSWORD');
    expect(api.secretFiles).toEqual([
      {
        path: '/run/secrets/files',
        files: { API_KEY: 'API_KEY', DATABASE_PASSWORD: 'DATABASE_PASSWORD' },
      },
    ]);
  });

  test('of a database are kept beside those that its variables name', () => {
    const env = { EXTRA_FILE: Secret.named('EXTRA').file };
    const place = { ...onDocker, components: { database: { env } } };
    const { secretFiles } = workloadOfApp('database', (app) => new PostgresDatabase(app, 'database'), place);
    expect(secretFiles).toEqual([
      { path: '/run/secrets/files', files: { EXTRA: 'EXTRA' } },
      { path: '/run/secrets/database', files: { password: 'DATABASE_PASSWORD' } },
    ]);
  });

  test('can be made up where a component says so, and it is not somebody else who chose them', () => {
    const build = (app: Application) => {
      const database = new PostgresDatabase(app, 'database');
      const env = {
        DATABASE_URL: database.url,
        SESSION_KEY: Secret.random('SESSION_KEY'),
        SIGNING_KEY_FILE: Secret.random('SIGNING_KEY').file,
        ...Secret.variables('API_KEY'),
      };
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
      const route = (path: string, password: Secret) =>
        Route.path(path, api, { auth: { user: 'ops', password } });
      const routes = [
        route('/', Secret.random('PROXY_PASSWORD')),
        route('/admin', Secret.named('ADMIN_PASSWORD')),
      ];
      new ReverseProxy(app, 'proxy', { routes });
    };
    const random = ['PROXY_PASSWORD', 'SESSION_KEY', 'SIGNING_KEY'];
    expect(modelOfApp(build).randomSecrets).toEqual(['DATABASE_PASSWORD', ...random]);
    const managed = { ...onDocker, components: { database: { managed: { host: 'db.example.com' } } } };
    expect(modelOfApp(build, managed).secrets).toContain('DATABASE_PASSWORD');
    expect(modelOfApp(build, managed).randomSecrets).toEqual(random);
  });
});
