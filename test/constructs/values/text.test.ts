import { Backend, PostgresDatabase, Secret, text, type Application } from 'catamaran';
import { issuesOfApp, modelOfApp, onKubernetes, withProps, workloadOfApp } from '../../support/application';

function scraper(app: Application): void {
  const backends = ['one', 'two'].map((name) => new Backend(app, name, { image: 'api:1.0', port: 8000 }));
  const targets = backends.map(({ name, endpoint }) => text`\n  ${name}: ${endpoint}`);
  new Backend(app, 'scraper', {
    image: 'scraper:1.0',
    port: 9090,
    files: { '/etc/scraper/targets.yaml': text`every: ${15}\ntargets:${targets}\n` },
  });
}

test('a text can contain the addresses of components', () => {
  expect(workloadOfApp('scraper', scraper).files).toEqual([
    {
      path: '/etc/scraper',
      files: { 'targets.yaml': 'every: 15\ntargets:\n  one: one:8000\n  two: two:8000\n' },
    },
  ]);
});

test('a reference in a file opens a connection and starts in order, as one in a variable does', () => {
  const { connections, after } = workloadOfApp('scraper', scraper, onKubernetes);
  expect(connections).toEqual([
    { kind: 'workload', workload: 'one', port: 8000, protocol: 'tcp' },
    { kind: 'workload', workload: 'two', port: 8000, protocol: 'tcp' },
  ]);
  expect(after).toEqual([
    { workload: 'one', until: 'ready' },
    { workload: 'two', until: 'ready' },
  ]);
});

test('a secret in a file is refused', () => {
  const build = (app: Application): void => {
    const database = new PostgresDatabase(app, 'database');
    const files = { '/etc/api/config.ini': text`url = ${database.url}` };
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, files });
  };
  expect(issuesOfApp(build)).toEqual([
    'shop/api: files /etc/api/config.ini contains the secret DATABASE_PASSWORD: use it in an environment ' +
      'variable, because everybody who can read the configuration can read the file',
  ]);
});

test('a text in a variable has references, secrets, files and numbers in it', () => {
  const workload = workloadOfApp('api', (app) => {
    const db = new PostgresDatabase(app, 'db');
    const token = Secret.named('TOKEN');
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      env: {
        DATABASE_URL: text`postgresql+asyncpg://${db.username}:${db.password}@${db.host}:${db.port}/${db.database}?pool=${5}`,
        AUTHORIZATION: text`Bearer ${token}`,
        ALONE: text`${token}`,
        FILES: text`${token.file},${db.password.file}`,
        PLAIN: text`a${1}${'b'}`,
        EMPTY: text``,
      },
    });
  });
  expect(workload.variables).toEqual({
    ALONE: [{ secret: 'TOKEN' }],
    AUTHORIZATION: ['Bearer ', { secret: 'TOKEN' }],
    DATABASE_URL: ['postgresql+asyncpg://app:', { secret: 'DB_PASSWORD' }, '@db:5432/shop?pool=5'],
    EMPTY: [''],
    FILES: ['/run/secrets/files/TOKEN,/run/secrets/files/DB_PASSWORD'],
    PLAIN: ['a1b'],
  });
  expect(workload.secretFiles).toEqual([
    { path: '/run/secrets/files', files: { DB_PASSWORD: 'DB_PASSWORD', TOKEN: 'TOKEN' } },
  ]);
  expect(workload.after).toEqual([{ workload: 'db', until: 'ready' }]);
  expect(workload.connections).toEqual([{ kind: 'workload', workload: 'db', port: 5432, protocol: 'tcp' }]);
});

test('the path of a secret in a file mounts the secret', () => {
  const files = { '/etc/api/config.ini': text`password_file = ${Secret.random('TOKEN').file}` };
  const model = modelOfApp(withProps({ files }));
  expect(model.workloads[0]).toMatchObject({
    files: [{ path: '/etc/api', files: { 'config.ini': 'password_file = /run/secrets/files/TOKEN' } }],
    secretFiles: [{ path: '/run/secrets/files', files: { TOKEN: 'TOKEN' } }],
  });
  expect(model.randomSecrets).toEqual(['TOKEN']);
});

test('a text of an environment replaces that of a component, with all that it needs', () => {
  const env = { TOKEN: text`Bearer ${Secret.random('TOKEN')}` };
  const model = modelOfApp(withProps({ env: { TOKEN: 'none' } }), {
    ...onKubernetes,
    components: { api: { env } },
  });
  expect(model.workloads[0]?.variables).toEqual({ TOKEN: ['Bearer ', { secret: 'TOKEN' }] });
  expect(model).toMatchObject({ secrets: ['TOKEN'], randomSecrets: ['TOKEN'] });
});
