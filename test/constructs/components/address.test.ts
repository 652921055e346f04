import {
  Backend,
  Cache,
  type Database,
  ExternalApi,
  Frontend,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  SearchEngine,
  Secret,
  type Application,
  type Reference,
  type UrlOptions,
} from 'catamaran';
import type { Workload } from '../../../constructs/model/workload';
import { issuesOfApp, modelOfApp, onDocker, onKubernetes, workloadOfApp } from '../../support/application';
import { variable } from '../../support/variable';

/** The workload of a client whose variables have these values. */
function clientOf(
  values: (app: Application) => Readonly<Record<string, Reference>>,
  place = onDocker as typeof onDocker | typeof onKubernetes,
): Workload {
  return workloadOfApp(
    'client',
    (app) => new Backend(app, 'client', { image: 'api:1.0', port: 8000, env: values(app) }),
    place,
  );
}

function texts(workload: Workload): Record<string, string> {
  return Object.fromEntries(Object.keys(workload.variables).map((name) => [name, variable(workload, name)]));
}

const kinds = [
  ['PostgreSQL', PostgresDatabase, 5432, 'app', 'shop'],
  ['MongoDB', MongoDatabase, 27017, 'root', 'shop'],
  ['MySQL', MysqlDatabase, 3306, 'app', 'shop'],
  ['MariaDB', MariadbDatabase, 3306, 'app', 'shop'],
  ['a cache', Cache, 6379, 'default', '0'],
] as const;

const managed = { host: 'db.example.com', port: 7000, addresses: ['192.0.2.0/24'] };
const outside = { kind: 'external', name: 'store', ...managed };

describe.each(kinds)('%s', (_, Kind, port, user, database) => {
  const parts = ['host', 'port', 'endpoint', 'username', 'password', 'database'] as const;
  const own = {
    host: 'store',
    port: String(port),
    endpoint: `store:${port}`,
    username: user,
    password: '<STORE_PASSWORD>',
    database,
  };

  test.each(parts)('has a reference %s, with permission and start order', (part) => {
    const workload = clientOf((app) => ({ VALUE: new Kind(app, 'store')[part] }));
    expect(texts(workload)).toEqual({ VALUE: own[part] });
    expect(workload.after).toEqual([{ workload: 'store', until: 'ready' }]);
    expect(workload.connections).toEqual([{ kind: 'workload', workload: 'store', port, protocol: 'tcp' }]);
  });

  test.each(parts)('has a reference %s to a managed service, with its permission', (part) => {
    const place = { ...onKubernetes, components: { store: { managed } } };
    const workload = clientOf((app) => ({ VALUE: new Kind(app, 'store')[part] }), place);
    const there = { ...own, host: 'db.example.com', port: '7000', endpoint: 'db.example.com:7000' };
    expect(texts(workload)).toEqual({ VALUE: there[part] });
    expect(workload).toMatchObject({ after: [], connections: [outside] });
  });

  test('takes user and database of a managed service', () => {
    const names = { username: 'shop@server', database: '3' };
    const place = { ...onKubernetes, components: { store: { managed: { ...managed, ...names } } } };
    const workload = clientOf((app) => {
      const store = new Kind(app, 'store');
      return { USER: store.username, DATABASE: store.database, URL: store.url };
    }, place);
    expect(texts(workload)).toMatchObject({ USER: 'shop@server', DATABASE: '3' });
    expect(variable(workload, 'URL')).toContain('://shop%40server:<STORE_PASSWORD>@db.example.com:7000/3');
  });
});

test('a search engine has a user and no database', () => {
  const workload = clientOf((app) => {
    const search = new SearchEngine(app, 'search');
    return { HOST: search.host, PORT: search.port, USER: search.username, PASSWORD: search.password };
  });
  expect(texts(workload)).toEqual({
    HOST: 'search',
    PORT: '9200',
    USER: 'elastic',
    PASSWORD: '<SEARCH_PASSWORD>',
  });
  const components = { search: { managed: { ...managed, database: 'shop', username: '' } } };
  expect(issuesOfApp((app) => new SearchEngine(app, 'search'), { ...onKubernetes, components })).toEqual(
    expect.arrayContaining([
      'shop/search: managed.username is "": write the name of the username, without spaces',
      'shop/search: managed.database is "shop": write no database, because search has none',
    ]),
  );
});

test.each([
  ['a backend', (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 3000 })],
  [
    'a frontend',
    (app: Application) => new Frontend(app, 'api', { kind: 'static', image: 'api:1.0', port: 3000 }),
  ],
] as const)('%s has the parts of its address', (_, make) => {
  const workload = clientOf((app) => {
    const api = make(app);
    return { HOST: api.host, PORT: api.port, ENDPOINT: api.endpoint, URL: api.url };
  });
  expect(texts(workload)).toEqual({
    HOST: 'api',
    PORT: '3000',
    ENDPOINT: 'api:3000',
    URL: 'http://api:3000',
  });
  expect(workload).toMatchObject({
    after: [{ workload: 'api', until: 'ready' }],
    connections: [{ kind: 'workload', workload: 'api', port: 3000 }],
  });
});

test.each([
  ['https://api.example.com/v1', 'api.example.com', 443],
  ['http://api.example.com', 'api.example.com', 80],
  ['https://api.example.com:8443/v1', 'api.example.com', 8443],
])('an external API at %s has the parts of its address', (url, host, port) => {
  const workload = clientOf((app) => {
    const mail = new ExternalApi(app, 'mail', { url });
    return { HOST: mail.host, PORT: mail.port, ENDPOINT: mail.endpoint, URL: mail.url };
  });
  expect(texts(workload)).toEqual({ HOST: host, PORT: String(port), ENDPOINT: `${host}:${port}`, URL: url });
  expect(workload.connections).toMatchObject([{ kind: 'external', name: 'mail', host, port }]);
});

test('a password is random in the application, and has to be supplied for a managed service', () => {
  const build = (app: Application) => {
    const { password } = new PostgresDatabase(app, 'store');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { A: password, B: password.file } });
  };
  const own = modelOfApp(build);
  expect(own.workloads.find(({ name }) => name === 'api')).toMatchObject({
    variables: { A: [{ secret: 'STORE_PASSWORD' }], B: ['/run/secrets/files/STORE_PASSWORD'] },
    secretFiles: [{ path: '/run/secrets/files', files: { STORE_PASSWORD: 'STORE_PASSWORD' } }],
    after: [{ workload: 'store', until: 'ready' }],
  });
  expect(own.randomSecrets).toEqual(['STORE_PASSWORD']);
  const there = modelOfApp(build, { ...onKubernetes, components: { store: { managed } } });
  expect(there.workloads[0]?.connections).toEqual([outside]);
  expect(there).toMatchObject({ secrets: ['STORE_PASSWORD'], randomSecrets: [] });
});

test('the file of a password alone carries permission and start order', () => {
  const workload = workloadOfApp('api', (app) => {
    const { file } = new PostgresDatabase(app, 'store').password;
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { FILE: file } });
  });
  expect(workload).toMatchObject({
    after: [{ workload: 'store', until: 'ready' }],
    connections: [{ kind: 'workload', workload: 'store', port: 5432 }],
  });
});

describe('a URL in the form of a driver', () => {
  const login = 'app:<STORE_PASSWORD>';
  const query = 'user=app&password=<STORE_PASSWORD>';
  const cases: [new (app: Application, id: string) => Database, UrlOptions, string, string][] = [
    [
      PostgresDatabase,
      { scheme: 'postgresql+asyncpg' },
      `postgresql+asyncpg://${login}@AT/shop`,
      '?ssl=require',
    ],
    [
      PostgresDatabase,
      { scheme: 'jdbc:postgresql' },
      `jdbc:postgresql://AT/shop?${query}`,
      '&sslmode=require',
    ],
    [
      PostgresDatabase,
      { scheme: 'jdbc:postgresql', login: 'none' },
      'jdbc:postgresql://AT/shop',
      '?sslmode=require',
    ],
    [PostgresDatabase, { query: { pool: 5 } }, `postgresql://${login}@AT/shopTLS?pool=5`, 'sslmode=require'],
    [
      PostgresDatabase,
      { query: { sslmode: 'disable' } },
      `postgresql://${login}@AT/shop?sslmode=disable`,
      '',
    ],
    [PostgresDatabase, { tls: { secure: true } }, `postgresql://${login}@AT/shop`, '?secure=true'],
    [
      PostgresDatabase,
      { query: { options: '-c search_path=shop&x' } },
      `postgresql://${login}@AT/shopTLS?options=-c%20search_path%3Dshop%26x`,
      'sslmode=require',
    ],
    [MysqlDatabase, { scheme: 'jdbc:mysql' }, `jdbc:mysql://AT/shop?${query}`, '&sslMode=REQUIRED'],
    [MariadbDatabase, { scheme: 'jdbc:mariadb' }, `jdbc:mariadb://AT/shop?${query}`, '&sslMode=trust'],
    [MysqlDatabase, { scheme: 'mysql+pymysql', tls: {} }, `mysql+pymysql://${login}@AT/shop`, ''],
    [
      MongoDatabase,
      { scheme: 'mongodb+srv' },
      'mongodb+srv://root:<STORE_PASSWORD>@HOST/shop?authSource=admin',
      '&tls=true',
    ],
    [
      MongoDatabase,
      { scheme: 'mongodb', query: { replicaSet: 'rs0' } },
      'mongodb://root:<STORE_PASSWORD>@AT/shop?authSource=adminTLS&replicaSet=rs0',
      'tls=true',
    ],
  ];

  test.each(cases)('%p %j', (Kind, options, own, tls) => {
    const url = (place: typeof onDocker | typeof onKubernetes) =>
      variable(
        clientOf((app) => ({ URL: new Kind(app, 'store').urlWith(options) }), place),
        'URL',
      );
    const ports = own.includes('mongodb')
      ? 27017
      : own.includes('m') && /mysql|maria/.test(own)
        ? 3306
        : 5432;
    expect(url(onDocker)).toBe(
      own.replace('AT', `store:${ports}`).replace('HOST', 'store').replace('TLS', ''),
    );
    const place = { ...onKubernetes, components: { store: { managed } } };
    const there = own.includes('TLS')
      ? own.replace('TLS?', `?${tls}&`).replace('TLS', `&${tls}`)
      : `${own}${tls}`;
    expect(url(place)).toBe(there.replace('AT', 'db.example.com:7000').replace('HOST', 'db.example.com'));
  });

  test('is made of parts, also if the managed service has a secret URL', () => {
    const components = { store: { managed: { ...managed, url: Secret.named('STORE_URL') } } };
    const workload = clientOf(
      (app) => {
        const store = new PostgresDatabase(app, 'store');
        return { OWN: store.urlWith({ scheme: 'postgresql+asyncpg' }), URL: store.url };
      },
      { ...onKubernetes, components },
    );
    expect(texts(workload)).toEqual({
      OWN: `postgresql+asyncpg://${login}@db.example.com:7000/shop?ssl=require`,
      URL: '<STORE_URL>',
    });
  });

  test('has a scheme without ://', () => {
    const build = (app: Application) =>
      new PostgresDatabase(app, 'store').urlWith({ scheme: 'postgresql://', login: 'here' as 'none' });
    expect(issuesOfApp(build)).toEqual([
      'shop/store: urlWith scheme is "postgresql://": write a scheme without ://, such as postgresql',
      'shop/store: urlWith login is "here": write user-info, query or none',
    ]);
  });

  test('has no unknown options, and no values that a URL cannot have', () => {
    const options: object = { schem: 'postgresql', query: { pool: { max: 5 } }, tls: 'require' };
    const build = (app: Application) => new PostgresDatabase(app, 'store').urlWith(options);
    expect(issuesOfApp(build)).toEqual([
      'shop/store: urlWith schem is not an option of urlWith: did you mean scheme?',
      'shop/store: urlWith query.pool is {"max":5}: write a text, a finite number, true or false',
      'shop/store: urlWith tls is "require": write an object, such as { pool: 5 }',
    ]);
  });
});
