import {
  Backend,
  docker,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  Secret,
  Size,
  text,
  type Application,
  type SqlDatabaseProps,
} from 'catamaran';
import {
  issuesOfApp,
  modelOfApp,
  onDocker,
  planOfApp,
  present,
  workloadOfApp,
} from '../../support/application';
import { fillTemplate } from '../../../constructs/model/template';
import { variable } from '../../support/variable';

const kinds = { PostgresDatabase, MysqlDatabase, MariadbDatabase };
type Kind = keyof typeof kinds;

const build = (kind: Kind, props: SqlDatabaseProps) => (app: Application) =>
  new kinds[kind](app, 'database', props);
const workload = (kind: Kind, props: SqlDatabaseProps) => workloadOfApp('database', build(kind, props));
const issues = (kind: Kind, props: SqlDatabaseProps) =>
  issuesOfApp(build(kind, props)).map((line) => line.replace(/^shop\/database: /, ''));

const textsOf = (kind: Kind, props: SqlDatabaseProps) =>
  Object.fromEntries(
    Object.entries(workload(kind, props).variables).map(([name, parts]) => [
      name,
      fillTemplate(parts, new Map()),
    ]),
  );

describe('arguments of a server', () => {
  test.each<[Kind, string[], string[]]>([
    ['PostgresDatabase', ['-c', 'shared_buffers=256MB'], ['-c', 'shared_buffers=256MB']],
    [
      'MysqlDatabase',
      ['--character-set-server=utf8mb4'],
      ['--datadir=/var/lib/mysql/data', '--character-set-server=utf8mb4'],
    ],
  ])('follow those of the component: %s', (kind, args, all) => {
    expect(workload(kind, { args }).arguments).toEqual(all);
  });

  test.each<[Kind, SqlDatabaseProps, string]>([
    [
      'PostgresDatabase',
      { args: ['-c', 'data_directory=/x'] },
      'args has -c data_directory=/x, which is not possible here: write no data folder, because the component knows the folder of its volume',
    ],
    [
      'PostgresDatabase',
      { args: ['-cport=5433'] },
      'args has -cport=5433, which is not possible here: write no port, because it is always 5432',
    ],
    [
      'PostgresDatabase',
      { args: ['--port=5433'] },
      'args has --port=5433, which is not possible here: write no port, because it is always 5432',
    ],
    [
      'PostgresDatabase',
      { args: ['-D', '/x'] },
      'args has -D /x, which is not possible here: write no data folder, because the component knows the folder of its volume',
    ],
    [
      'PostgresDatabase',
      { args: ['-c', 'listen_addresses=*'] },
      'args has -c listen_addresses=*, which is not possible here: write no address, because the server listens at all addresses of its container',
    ],
    [
      'PostgresDatabase',
      { args: ['postgres', '-c', 'x=1'] },
      "args starts with \"postgres\": write ['-c', 'x=1'], without the program",
    ],
    [
      'MysqlDatabase',
      { args: ['mysqld', '--port=1'] },
      'args starts with "mysqld": write [\'--port=1\'], without the program',
    ],
    [
      'MysqlDatabase',
      { args: ['--datadir=/x'] },
      'args has --datadir=/x, which is not possible here: write no data folder, because the component knows the folder of its volume',
    ],
    [
      'MysqlDatabase',
      { args: ['--skip_grant_tables'] },
      'args has --skip_grant_tables, which is not possible here: write the prop noPassword',
    ],
    [
      'MysqlDatabase',
      { args: ['--default-authentication-plugin=mysql_native_password'] },
      'args has --default-authentication-plugin=mysql_native_password, which is not possible here: write --mysql-native-password=ON, or better no such option and a newer driver, because MySQL 8.4 and later do not start with it',
    ],
    [
      'MysqlDatabase',
      { image: 'mysql:9', args: ['--mysql-native-password=ON'] },
      'args has --mysql-native-password=ON, which is not possible here: write no such option and a newer driver, because MySQL 9 and later do not start with it',
    ],
    [
      'MariadbDatabase',
      { args: ['--mysql-native-password=ON'] },
      'args has --mysql-native-password=ON, which is not possible here: write no such option, because MariaDB does not start with it; its users log in as older drivers expect',
    ],
  ])('are refused if the component sets them, or the server would stop: %s %j', (kind, props, sentence) => {
    expect(issues(kind, props)).toEqual([sentence]);
  });

  test('of MySQL that MariaDB ignores are taken: public compose files have them', () => {
    const args = ['--default-authentication-plugin=mysql_native_password'];
    expect(workload('MariadbDatabase', { args }).arguments.slice(1)).toEqual(args);
  });

  test.each<SqlDatabaseProps>([
    { image: 'mysql:8.0', args: ['--default-authentication-plugin=mysql_native_password'] },
    { image: 'mysql:5.7', args: ['--query-cache-size=0'] },
    { image: 'mysql:8.4', args: ['--mysql-native-password=ON'] },
  ])('are taken by the version that knows them: %j', (props) => {
    expect(workload('MysqlDatabase', props).arguments.slice(1)).toEqual(props.args);
  });
});

describe('variables of the image', () => {
  test('are added', () => {
    const env = {
      POSTGRES_INITDB_ARGS: '--data-checksums',
      TZ: 'Europe/Berlin',
      POSTGRES_HOST_AUTH_METHOD: 'md5',
    };
    expect(textsOf('PostgresDatabase', { env })).toMatchObject({ ...env, POSTGRES_USER: 'app' });
    expect(textsOf('MysqlDatabase', { env: { MYSQL_ROOT_HOST: '%' } })).toMatchObject({
      MYSQL_ROOT_HOST: '%',
    });
  });

  const generated =
    'write nothing, because the password is a secret that is named after the component; or the prop noPassword';
  test.each<[Kind, string, string, string]>([
    ['PostgresDatabase', 'POSTGRES_USER', 'me', 'write the prop username'],
    ['PostgresDatabase', 'POSTGRES_DB_FILE', '/db', 'write the prop database'],
    ['PostgresDatabase', 'POSTGRES_PASSWORD', 'x', generated],
    ['PostgresDatabase', 'POSTGRES_HOST_AUTH_METHOD', 'trust', 'write the prop noPassword'],
    [
      'PostgresDatabase',
      'PGDATA',
      '/x',
      'write nothing, because the component knows the folder of its volume',
    ],
    ['PostgresDatabase', 'PGPORT', '1', 'write nothing, because the port is always 5432'],
    ['MysqlDatabase', 'MYSQL_DATABASE', 'x', 'write the prop database'],
    ['MysqlDatabase', 'MYSQL_ROOT_PASSWORD', 'x', generated],
    ['MysqlDatabase', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'yes', 'write the prop noPassword'],
    ['MariadbDatabase', 'MYSQL_USER', 'x', 'write the prop username'],
    ['MariadbDatabase', 'MYSQL_ROOT_HOST', '%', 'write MARIADB_ROOT_HOST'],
  ])('are refused if the component sets them: %s %s', (kind, name, value, write) => {
    const sentence = `env has ${name}, which is not possible here: ${write}`;
    expect(issues(kind, { env: { [name]: value } })).toEqual([sentence]);
    const components = { database: { env: { [name]: value } } };
    expect(issuesOfApp(build(kind, {}), { ...onDocker, components })).toEqual([`shop/database: ${sentence}`]);
  });
});

describe('initialization scripts', () => {
  const init = { '10-schema.sql': 'SELECT 1;', '20-more.sh': '#!/bin/sh\ntrue\n' };

  test.each<Kind>(['PostgresDatabase', 'MysqlDatabase', 'MariadbDatabase'])(
    'are where the image runs them: %s',
    (kind) => {
      expect(workload(kind, { init }).files).toEqual([{ path: '/docker-entrypoint-initdb.d', files: init }]);
    },
  );

  test('may contain references to other components', () => {
    const model = modelOfApp((app) => {
      const api = new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
      new PostgresDatabase(app, 'database', { init: { 'a.sql': text`SELECT '${api.endpoint}'` } });
    });
    const database = present(model.workloads.find(({ name }) => name === 'database'));
    expect(database.files[0]?.files).toEqual({ 'a.sql': "SELECT 'api:8000'" });
  });

  test.each<[string, string]>([
    ['dump.sql.gz', 'the script as a text: a compressed file is none'],
    ['a/b.sql', 'a file name without a folder, such as 10-schema.sql'],
    ['schema.txt', 'a file name that ends with .sql or .sh'],
    ['10 schema.sql', 'a file name of letters, digits and - . _, that starts with a letter or a digit'],
    ['-a.sql', 'a file name of letters, digits and - . _, that starts with a letter or a digit'],
  ])('have names that the image runs, unlike %s', (name, write) => {
    expect(issues('PostgresDatabase', { init: { [name]: '' } })[0]).toBe(
      `init has ${JSON.stringify(name)}: write ${write}`,
    );
  });

  test('contain no secrets', () => {
    expect(issues('PostgresDatabase', { init: { 'a.sql': text`SELECT '${Secret.named('KEY')}'` } })).toEqual([
      'init a.sql contains the secret KEY: use it in an environment variable, because everybody who can read the ' +
        'configuration can read the file',
    ]);
  });

  test('change the container, and not its volume', () => {
    const planned = (content: string) => workload('PostgresDatabase', { init: { 'a.sql': content } });
    expect(planned('SELECT 2').volumes).toEqual(planned('SELECT 1').volumes);
    expect(planned('SELECT 2').files).not.toEqual(planned('SELECT 1').files);
  });
});

describe('shared memory', () => {
  test.each<[Kind, number]>([
    ['PostgresDatabase', 3],
    ['MysqlDatabase', 3],
  ])('has the size that the stack says: %s', (kind, count) => {
    const { scratch } = workload(kind, { sharedMemory: Size.mebibytes(256) });
    expect(scratch).toHaveLength(count);
    expect(scratch.at(-1)).toEqual({
      path: '/dev/shm',
      size: { bytes: 256 * 1024 ** 2 },
      medium: 'memory',
      ...(scratch.at(-1) && 'content' in present(scratch.at(-1)) && { content: 'empty' }),
    });
  });

  test('is less than the memory limit', () => {
    expect(issues('PostgresDatabase', { sharedMemory: Size.mebibytes(512) })).toEqual([
      'sharedMemory is 512 MiB, and the memory limit 512 MiB: write a memory limit that is larger, because the shared ' +
        'memory is a part of it',
    ]);
    const components = { database: { memory: Size.gibibytes(1) } };
    const bigger = { ...onDocker, components };
    expect(
      planOfApp(build('PostgresDatabase', { sharedMemory: Size.mebibytes(512) }), bigger).notes,
    ).not.toEqual([]);
  });
});

describe('a database without a password', () => {
  const noPassword = { reason: 'the data is public' };

  test.each<[Kind, string, Record<string, string>]>([
    [
      'PostgresDatabase',
      'postgresql://app@database:5432/shop',
      { POSTGRES_HOST_AUTH_METHOD: 'trust', POSTGRES_PASSWORD: '' },
    ],
    [
      'MysqlDatabase',
      'mysql://app@database:3306/shop',
      { MYSQL_ALLOW_EMPTY_PASSWORD: 'yes', MYSQL_ROOT_HOST: 'localhost' },
    ],
    ['MariadbDatabase', 'mysql://app@database:3306/shop', { MARIADB_ALLOW_EMPTY_PASSWORD: 'yes' }],
  ])('is told so in the variables of its image, and its URL has none: %s', (kind, url, variables) => {
    const model = modelOfApp((app) => {
      const database = new kinds[kind](app, 'database', { noPassword });
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.url } });
    });
    expect([model.secrets, model.randomSecrets]).toEqual([[], []]);
    const database = present(model.workloads.find(({ name }) => name === 'database'));
    expect(database.secretFiles).toEqual([]);
    expect(database.authentication).toEqual({ kind: 'none', reason: 'the data is public' });
    expect(textsOf(kind, { noPassword })).toMatchObject(variables);
    expect(variable(present(model.workloads.find(({ name }) => name === 'api')), 'URL')).toBe(url);
  });

  // The images of MySQL and MariaDB create no user without a password.
  test('has a script that creates its user', () => {
    const [programs] = workload('MysqlDatabase', { noPassword }).files;
    expect(programs?.files['databases.sh']?.trimEnd().split('\n').at(-1)).toBe("ensure shop app '' own");
    expect(workload('MysqlDatabase', { noPassword, username: 'root' }).files).toEqual([]);
  });

  test('has no password to refer to', () => {
    const refer = (app: Application) => {
      const database = new PostgresDatabase(app, 'database', { noPassword });
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { PASSWORD: database.password } });
    };
    expect(issuesOfApp(refer)).toEqual([
      'shop/database: password is used, but database has none, because of noPassword: write a component without password, ' +
        'or take noPassword out of this one',
    ]);
  });

  test('is a need that an environment can forbid', () => {
    const strict = docker({ forbid: ['no-password'] });
    expect(issuesOfApp(build('PostgresDatabase', { noPassword }), strict)[0]).toMatch(
      /^shop\/database: noPassword: database asks for no password: the data is public, and environment dev forbids no-password: write /,
    );
  });

  test('has a reason', () => {
    expect(issues('PostgresDatabase', { noPassword: { reason: ' ' } })).toEqual([
      'noPassword.reason is " ": write why the store needs no password',
    ]);
  });

  test('has one where it is a managed service', () => {
    const components = { database: { managed: { host: 'db.example.com' } } };
    const model = modelOfApp(
      (app) => {
        const database = new PostgresDatabase(app, 'database', { noPassword });
        new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { URL: database.url } });
      },
      { ...onDocker, components },
    );
    expect(model.secrets).toEqual(['DATABASE_PASSWORD']);
  });
});

describe('the administrator as the user of the application', () => {
  test.each<[Kind, string]>([
    ['MysqlDatabase', 'MYSQL'],
    ['MariadbDatabase', 'MARIADB'],
  ])('is not created, and connects from other hosts: %s', (kind, prefix) => {
    expect(textsOf(kind, { username: 'root' })).toEqual({
      [`${prefix}_DATABASE`]: 'shop',
      [`${prefix}_ROOT_HOST`]: '%',
      [`${prefix}_ROOT_PASSWORD_FILE`]: '/run/secrets/database/password',
    });
  });

  test('is postgres for PostgreSQL', () => {
    expect(textsOf('PostgresDatabase', { username: 'postgres', database: 'postgres' })).toMatchObject({
      POSTGRES_DB: 'postgres',
      POSTGRES_USER: 'postgres',
    });
  });
});

test.each<[Kind, SqlDatabaseProps, string]>([
  [
    'PostgresDatabase',
    { username: 'pg_app' },
    'username is "pg_app": write a name that does not start with pg_',
  ],
  [
    'PostgresDatabase',
    { database: 'template1' },
    'database is "template1": write another name, because the server has a database of this name',
  ],
  [
    'MysqlDatabase',
    { database: 'mysql' },
    'database is "mysql": write another name, because the server has a database of this name',
  ],
  [
    'MysqlDatabase',
    { username: 'a'.repeat(33) },
    `username is "${'a'.repeat(33)}": write at most 32 characters: this has 33`,
  ],
])('a name that the server refuses is told: %s %j', (kind, props, sentence) => {
  expect(issues(kind, props)).toEqual([sentence]);
});

test('files are added where the image has others', () => {
  const files = { '/etc/mysql/conf.d/own.cnf': '[mysqld]\n' };
  expect(workload('MysqlDatabase', { files }).files).toEqual([
    { path: '/etc/mysql/conf.d', files: { 'own.cnf': '[mysqld]\n' } },
  ]);
});

test('MongoDB takes the shared props too', () => {
  const {
    arguments: args,
    variables,
    files,
  } = workloadOfApp(
    'database',
    (app) =>
      new MongoDatabase(app, 'database', {
        args: ['--quiet'],
        env: { TZ: 'UTC' },
        init: { 'a.js': 'db.a.insertOne({})' },
      }),
  );
  expect(args).toContain('--quiet');
  expect(variables['TZ']).toEqual(['UTC']);
  expect(files).toEqual([{ path: '/docker-entrypoint-initdb.d', files: { 'a.js': 'db.a.insertOne({})' } }]);
});
