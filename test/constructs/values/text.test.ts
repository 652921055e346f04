import { Backend, PostgresDatabase, text, type Application } from 'catamaran';
import { issuesOfApp, onKubernetes, workloadOfApp } from '../../support/application';

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
    { kind: 'workload', workload: 'one', port: 8000 },
    { kind: 'workload', workload: 'two', port: 8000 },
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
