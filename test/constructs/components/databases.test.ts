import {
  Backend,
  MariadbDatabase,
  MongoDatabase,
  MysqlDatabase,
  PostgresDatabase,
  Secret,
  Size,
  type Application,
} from 'catamaran';
import { modelOfApp, onDocker, onKubernetes, present, workloadOfApp } from '../../support/application';
import { variable } from '../../support/variable';

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
      { kind: 'workload', workload: 'database', port: database?.ports[0]?.number, protocol: 'tcp' },
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

  test('is reached with TLS and without a start order if it is a managed service', () => {
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

  test('is reached by the URL of a managed service', () => {
    const components = { database: { managed: { host: 'db.example.com', url: Secret.named('DB_URL') } } };
    const model = modelOfApp(build, { ...onKubernetes, components }, options);
    expect(variable(present(model.workloads[0]), 'URL')).toBe('<DB_URL>');
    expect(model.secrets).toEqual(['DB_URL']);
  });

  test('takes its size from its environment', () => {
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
] as const)(
  '%s is set up with the variables and programs of its image',
  (_, Kind, prefix, admin, options, limit) => {
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
  },
);
