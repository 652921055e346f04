import {
  Backend,
  Cache,
  ExternalApi,
  Json,
  later,
  Migration,
  PostgresDatabase,
  ReverseProxy,
  Route,
  text,
  Worker,
  type Application,
  type BackendProps,
  type EnvironmentValue,
} from 'catamaran';
import { formInText, hostForm } from '../../../../constructs/compile/validation/host-names';
import { issuesOfApp, modelOfApp, onKubernetes } from '../../../support/application';

/** The components of an application that `web` can name. */
function others(app: Application) {
  const database = new PostgresDatabase(app, 'database');
  const userApi = new Backend(app, 'user-api', { image: 'api:1.0', port: 3000 });
  return {
    database,
    userApi,
    cache: new Cache(app, 'cache'),
    worker: new Worker(app, 'worker', { image: 'api:1.0' }),
    openai: new ExternalApi(app, 'openai', { url: 'https://api.openai.com/v1' }),
    proxy: new ReverseProxy(app, 'proxy', { routes: [Route.path('/', userApi)] }),
  };
}

type Others = ReturnType<typeof others>;

function web(props: (known: Others) => Partial<BackendProps>) {
  return (app: Application) => {
    new Backend(app, 'web', { image: 'web:1.0', port: 8000, ...props(others(app)) });
  };
}

const plain = 'in plain text, which opens no connection: write';
const database = `shop/web: env.X names the component database ${plain}`;
const api = `shop/web: env.X names the component user-api ${plain}`;
const asWord = 'database.host, or text`database` if this is no host';
const inList = 'database.host, or text`…${database.host}…`, or the whole value as text`…` if this is no host';
const asUrl = 'database.url, or text`…${database.host}…`';
const asAddress = 'database.endpoint, or text`…${database.host}…`';

test.each<[EnvironmentValue, string]>([
  ['database', `${database} ${asWord}`],
  ['DataBase', `${database} ${asWord}`],
  [' database ', `${database} ${asWord}`],
  ['database.', `${database} ${inList}`],
  ['database.shop.svc.cluster.local', `${database} ${inList}`],
  ['localhost,database', `${database} ${inList}`],
  ['localhost; database', `${database} ${inList}`],
  ['shop@database', `${database} ${inList}`],
  [Json.of({ db: { host: 'database' } }), `${database} ${inList}`],
  [Json.of(['postgres://database/x']), `${database} ${asUrl}`],
  ['["database"]', `${database} ${inList}`],
  ['http://user-api:3000', `${api} userApi.url, or text\`…\${userApi.host}…\``],
  ['HTTP://User-Api', `${api} userApi.url, or text\`…\${userApi.host}…\``],
  ['http://user-api?x', `${api} userApi.url, or text\`…\${userApi.host}…\``],
  ['user-api:3000', `${api} userApi.endpoint, or text\`…\${userApi.host}…\``],
  ['postgres://u:p@database:5432/x', `${database} ${asUrl}`],
  ['postgres://u:p/w@database/x', `${database} ${asAddress}`],
  ['jdbc:postgresql://database/x', `${database} ${asUrl}`],
  ['jdbc:sqlserver://database;user=sa', `${database} ${asUrl}`],
  ['mongodb://u:p@one:27017,database:27017/x', `${database} ${asUrl}`],
  ['one:9092,database:9092', `${database} ${asAddress}`],
  ['u:p@tcp(database:3306)/x', `${database} ${asAddress}`],
  ['u:p@database/x', `${database} ${asAddress}`],
  ['host=database port=5432', `${database} ${asAddress}`],
  ['Server=tcp:database,1433;Database=x', `${database} ${asAddress}`],
  [text`postgresql://${'u'}:p@database:5432/x`, `${database} ${asUrl}`],
])('the variable %p names a component', (value, message) => {
  expect(issuesOfApp(web(() => ({ env: { X: value } })))).toEqual([message]);
});

test.each<EnvironmentValue>([
  'databases',
  'my-database',
  'database-x',
  'database.example.com',
  'https://database.example.com/x',
  'https://example.com/database',
  'the database is up',
  'database/x',
  'Hello from web',
  'web',
  'http://web:8000',
  'http://localhost:3000',
  'https://api.openai.com/v1',
  'cache-control',
  'SELECT 1',
  5,
  true,
  Json.of({ database: 1, text: 'the database' }),
  text`database`,
  text`worker,database`,
])('the variable %p names none', (value) => {
  expect(modelOfApp(web(() => ({ env: { X: value } }))).workloads).toHaveLength(6);
});

test('a reference opens the connection, in a text too', () => {
  const build = web(({ database: db, userApi }) => ({
    env: {
      A: db.url,
      B: text`http://${userApi.host}:${userApi.port}`,
      C: text`${later(() => userApi.url)}/v1`,
    },
  }));
  expect(modelOfApp(build).workloads).toHaveLength(6);
});

test('the static parts of a text with references are plain text', () => {
  const build = web(({ cache }) => ({
    env: {
      A: text`${cache.host},database`,
      B: text`postgresql://${cache.username}:${cache.password}@database:5432/x`,
    },
  }));
  expect(issuesOfApp(build)).toEqual([
    `shop/web: env.A names the component database ${plain} ${inList}`,
    `shop/web: env.B names the component database ${plain} ${asUrl}`,
  ]);
});

test('each component is told with what it offers', () => {
  const env = { A: 'worker', B: 'proxy', C: 'openai', D: 'http://proxy:8080', E: 'http://openai' };
  expect(issuesOfApp(web(() => ({ env })))).toEqual(
    [
      ['A', 'worker', 'text`worker` if this is no host'],
      ['C', 'openai', 'openai.host, or text`openai` if this is no host'],
      ['E', 'openai', 'openai.url, or text`…${openai.host}…`'],
      [
        'B',
        'proxy',
        'connectsTo: [proxy] and a text`…` without references, or text`proxy` if this is no host',
      ],
      ['D', 'proxy', 'connectsTo: [proxy] and a text`…` without references'],
    ].map(([name, other, write]) => `shop/web: env.${name} names the component ${other} ${plain} ${write}`),
  );
});

test('a text without references is taken as it is written, if its hosts can be reached', () => {
  const env = { X: text`http://proxy:8080` };
  expect(issuesOfApp(web(() => ({ env })))).toHaveLength(1);
  expect(modelOfApp(web(({ proxy }) => ({ env, connectsTo: [proxy] }))).workloads).toHaveLength(6);
});

test('a managed component is told too, and so is a variable of the environment', () => {
  const components = {
    database: { managed: { host: 'db.example.com' } },
    web: { env: { X: 'postgres://database/x' } },
  };
  expect(
    issuesOfApp(
      web(() => ({})),
      { ...onKubernetes, components },
    ),
  ).toEqual([`${database} ${asUrl}`]);
});

test('a service outside the application is no component of it', () => {
  const components = { cache: { managed: { host: 'database' } } };
  const build = (app: Application) => {
    others(app);
    new ExternalApi(app, 'users', { url: 'http://user-api:3000/v1' });
  };
  const because = (name: string) => `write a host outside the application, because ${name} is a component`;
  expect(issuesOfApp(build, { ...onKubernetes, components })).toEqual([
    `shop/cache: host is "database": ${because('database')}, or use database.url`,
    `shop/users: host is "user-api": ${because('user-api')}, or use userApi.url`,
  ]);
});

describe('a command or a file', () => {
  const props: Partial<BackendProps> = {
    command: ['sh', '-c', 'wait-for database:5432 && run'],
    args: ['--url=http://database/x', 'database'],
    files: { '/etc/web/app.conf': 'url: postgres://database:5432/x\n' },
  };
  const where = 'names the component database, to which this component may not connect: write';

  test('that names a component needs a connection to it', () => {
    expect(issuesOfApp(web(() => props))).toEqual([
      `shop/web: command ${where} connectsTo: [database]`,
      `shop/web: args ${where} connectsTo: [database]`,
      `shop/web: files /etc/web/app.conf ${where} text\`…\${database.url}…\`, or connectsTo: [database]`,
    ]);
  });

  test.each<[string, (known: Others) => Partial<BackendProps>]>([
    ['connectsTo', ({ database: db }) => ({ connectsTo: [db] })],
    ['waitsFor', ({ database: db }) => ({ waitsFor: [db] })],
    ['a reference', ({ database: db }) => ({ env: { DB: db.host } })],
    ['later', ({ database: db }) => ({ env: { DB: later(() => db.host) } })],
  ])('may name a component with %s', (_, link) => {
    expect(modelOfApp(web((known) => ({ ...props, ...link(known) }))).workloads).toHaveLength(6);
  });

  test('of a migration is its check as well', () => {
    const build = (app: Application) => {
      others(app);
      const check = ['check', 'http://user-api:3000'];
      new Migration(app, 'migration', { image: 'api:1.0', command: ['up'], check });
    };
    expect(issuesOfApp(build)).toEqual([
      'shop/migration: check names the component user-api, to which this component may not connect: write ' +
        'connectsTo: [userApi]',
    ]);
  });
});

test('a long text is searched in a short time', () => {
  const start = performance.now();
  for (const piece of ['a:', 'a:b@c,', '//a,', '//a@', 'host=a ', 'x,'])
    expect(formInText(`${piece.repeat(50_000)} database`, 'database')).toBeUndefined();
  expect(hostForm(`${'x,'.repeat(50_000)}database`, 'database')).toBe('word');
  expect(performance.now() - start).toBeLessThan(2000);
});
