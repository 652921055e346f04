import {
  Backend,
  MariadbDatabase,
  MysqlDatabase,
  PostgresDatabase,
  type Application,
  type SqlDatabaseProps,
} from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  onKubernetes,
  present,
  workloadOfApp,
} from '../../support/application';
import { variable } from '../../support/variable';

const kinds = { PostgresDatabase, MysqlDatabase, MariadbDatabase };
type Kind = keyof typeof kinds;

const databases = { reports: { username: 'reporter' }, shared: { username: 'app' }, plain: {} };

function modelOf(
  kind: Kind,
  place: Parameters<typeof modelOfApp>[1] = onDocker,
  props: SqlDatabaseProps = { databases },
) {
  return modelOfApp((app) => {
    const database = new kinds[kind](app, 'database', props);
    const reports = database.at('reports');
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      env: {
        URL: reports.url,
        JDBC: reports.urlWith({ scheme: 'jdbc:x' }),
        USER_NAME: reports.username,
        DB: reports.database,
        ENDPOINT: reports.endpoint,
        HOST: reports.host,
        PORT: reports.port,
        PASSWORD: reports.password,
        PASSWORD_FILE: reports.password.file,
        SHARED: database.at('shared').url,
        PLAIN: database.at('plain').url,
      },
    });
  }, place);
}

const workloadIn = (model: ReturnType<typeof modelOf>, name: string) =>
  present(model.workloads.find((one) => one.name === name));

describe.each<[Kind, string, number]>([
  ['PostgresDatabase', 'postgresql', 5432],
  ['MysqlDatabase', 'mysql', 3306],
  ['MariadbDatabase', 'mysql', 3306],
])('several databases of a %s', (kind, scheme, port) => {
  test('have an address with a user and a password of their own', () => {
    const model = modelOf(kind);
    const api = workloadIn(model, 'api');
    const key = '<DATABASE_REPORTS_PASSWORD>';
    expect(Object.fromEntries(Object.keys(api.variables).map((name) => [name, variable(api, name)]))).toEqual(
      {
        URL: `${scheme}://reporter:${key}@database:${port}/reports`,
        JDBC: `jdbc:x://database:${port}/reports?user=reporter&password=${key}`,
        USER_NAME: 'reporter',
        DB: 'reports',
        ENDPOINT: `database:${port}`,
        HOST: 'database',
        PORT: String(port),
        PASSWORD: key,
        PASSWORD_FILE: '/run/secrets/files/DATABASE_REPORTS_PASSWORD',
        SHARED: `${scheme}://app:<DATABASE_PASSWORD>@database:${port}/shared`,
        PLAIN: `${scheme}://plain:<DATABASE_PLAIN_PASSWORD>@database:${port}/plain`,
      },
    );
    expect(api.after).toEqual([{ workload: 'database', until: 'ready' }]);
    expect(api.connections.map(({ kind: of }) => of)).toEqual(['workload']);
    const secrets = ['DATABASE_PASSWORD', 'DATABASE_PLAIN_PASSWORD', 'DATABASE_REPORTS_PASSWORD'];
    expect([model.secrets, model.randomSecrets]).toEqual([secrets, secrets]);
  });

  test('are made by a program that reads the passwords from files', () => {
    const { secretFiles, files, readiness } = workloadIn(modelOf(kind), 'database');
    expect(secretFiles).toEqual([
      {
        path: '/run/secrets/database',
        files: {
          password: 'DATABASE_PASSWORD',
          'plain.password': 'DATABASE_PLAIN_PASSWORD',
          'reports.password': 'DATABASE_REPORTS_PASSWORD',
        },
      },
    ]);
    const program = present(files.find(({ path }) => path === '/opt/catamaran')).files['databases.sh'];
    const owned = kind === 'PostgresDatabase' ? ['', ''] : [' own', ' shared'];
    expect(program?.trimEnd().split('\n').slice(-3)).toEqual([
      `ensure plain plain /run/secrets/database/plain.password${owned[0]}`,
      `ensure reports reporter /run/secrets/database/reports.password${owned[0]}`,
      `ensure shared app ''${owned[1]}`,
    ]);
    expect(files.find(({ path }) => path === '/docker-entrypoint-initdb.d')?.files).toEqual({
      '000-databases.sh': 'sh /opt/catamaran/databases.sh\n',
    });
    const { check } = readiness.kind === 'probe' ? readiness : { check: undefined };
    expect(check?.kind === 'command' && check.command.slice(0, 2)).toEqual(['sh', '/opt/catamaran/ready.sh']);
  });

  test('are databases of the managed service', () => {
    const components = { database: { managed: { host: 'db.example.com', username: 'boss' } } };
    const model = modelOf(kind, { ...onKubernetes, components });
    expect(model.workloads.map(({ name }) => name)).toEqual(['api']);
    expect(variable(workloadIn(model, 'api'), 'URL')).toMatch(
      new RegExp(`^${scheme}://reporter:<DATABASE_REPORTS_PASSWORD>@db.example.com:${port}/reports\\?`),
    );
    expect(model.randomSecrets).toEqual([]);
  });
});

test('the program runs before the scripts of the stack, in one folder with them', () => {
  const init = { '10-schema.sql': 'SELECT 1' };
  const { files } = workloadOfApp(
    'database',
    (app) => new PostgresDatabase(app, 'database', { databases, init }),
  );
  const folder = files.filter(({ path }) => path === '/docker-entrypoint-initdb.d');
  expect(folder.map((one) => Object.keys(one.files))).toEqual([['000-databases.sh', '10-schema.sql']]);
});

test('no user has a password if the database has none', () => {
  const props = { databases: { reports: {} }, noPassword: { reason: 'a test' } };
  const model = modelOfApp((app) => {
    const database = new PostgresDatabase(app, 'database', props);
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.at('reports').url } });
  });
  expect(variable(workloadIn(model, 'api'), 'URL')).toBe('postgresql://reports@database:5432/reports');
  expect(model.secrets).toEqual([]);
});

describe('a database that cannot be', () => {
  const issuesOf = (kind: Kind, props: SqlDatabaseProps) =>
    issuesOfApp((app: Application) => new kinds[kind](app, 'database', props)).map((line) =>
      line.replace('shop/database: ', ''),
    );

  test('is not found, with the names of the others', () => {
    const at = (props: SqlDatabaseProps) =>
      issuesOfApp((app) => new PostgresDatabase(app, 'database', props).at('raports'));
    expect(at({ databases })).toEqual([
      'shop/database: at("raports") is not a database of database: write one of plain, reports, shared',
    ]);
    expect(at({})).toEqual([
      'shop/database: at("raports") is not a database of database: ' +
        "write databases: { reports: { username: 'reporter' } } in its props first",
    ]);
  });

  test.each<[Kind, SqlDatabaseProps, string]>([
    [
      'PostgresDatabase',
      { databases: { shop: {} } },
      'databases.shop is "shop": write another name, because the server has a database of this name already',
    ],
    [
      'PostgresDatabase',
      { databases: { postgres: {} } },
      'databases.postgres is "postgres": write another name, because the server has a database of this name already',
    ],
    [
      'MysqlDatabase',
      { databases: { sys: {} } },
      'databases.sys is "sys": write another name, because the server has a database of this name',
    ],
    [
      'PostgresDatabase',
      { databases: { 'a b': { username: 'a' } } },
      'databases.a b is "a b": write a name of letters, digits, _ and -',
    ],
    [
      'PostgresDatabase',
      { databases: { a: { username: 'x' }, b: { username: 'x' } } },
      'databases.b.username is "x": write another user, because a has this one, and each has a password of its own; ' +
        'or app, the user of the component',
    ],
    [
      'PostgresDatabase',
      { databases: { 'a-b': {}, a_b: {} } },
      'databases.a_b is "a_b": write another name, because the secret of a-b has the same name, DATABASE_A_B_PASSWORD',
    ],
    [
      'MysqlDatabase',
      { databases: { a: { username: 'root' } } },
      'databases.a.username is "root": write another user, or username: \'root\' for the whole component, because this is ' +
        'the administrator',
    ],
    [
      'PostgresDatabase',
      { databases: { a: {} }, init: { '00-first.sql': '' } },
      'init has "00-first.sql", and 000-databases.sh makes the databases before: write a name that sorts after it, such ' +
        'as 10-schema.sql',
    ],
  ])('is told in words: %s %j', (kind, props, sentence) => {
    expect(issuesOf(kind, props)).toEqual([sentence]);
  });
});
