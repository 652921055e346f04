import { Backend, PostgresDatabase } from 'catamaran';
import type { Container } from 'catamaran/docker';
import { noPlainSecretsInContainers } from '../../../docker/policy/no-plain-secrets';
import { planOfApp } from '../../support/application';
import { foundAfter, withEngine } from '../../support/docker-policy';
import { plainSecret } from '../../support/policy';
import { dockerPlan } from '../../support/written';

const found = (change: (container: Container) => Container) =>
  foundAfter(noPlainSecretsInContainers, 'api', change);
const withVariable = (name: string, text: string) => (container: Container) => ({
  ...container,
  environment: { ...container.environment, [name]: [text] },
});

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['STORE', 'postgres://app:hunter2@db.example.com/app'],
])('a plain %s that an override brings is found in the words of the model, and not shown', (name, text) => {
  expect(found(withVariable(name, text))).toEqual([plainSecret(`env.${name}`, `Secret.named('${name}')`)]);
});

test.each(['amqp://app:hunter2@queue', '--api-key=hunter2', '-token=hunter2'])(
  'so is an argument like %s',
  (argument) => {
    expect(found((container) => ({ ...container, command: ['serve', argument] }))).toEqual([
      plainSecret('command.1'),
    ]);
  },
);

test('a plain value in a file or a label is found', () => {
  const folder = {
    id: 'api-files-0',
    path: '/srv/api',
    files: { 'a.ini': 'x=1\nurl=redis://:hunter2@cache\n' },
  };
  expect(found((container) => ({ ...container, configs: [folder] }))).toEqual([
    plainSecret('configs /srv/api.a.ini'),
  ]);
  expect(found(withEngine({ labels: { url: 'http://a:hunter2@b' } }))).toEqual([
    plainSecret('engine.labels.url'),
  ]);
});

test.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD_FILE', '/run/secrets/files/DB_PASSWORD'],
  ['PROXY_URL', 'http://proxy.example.com:3128/a@b'],
  ['TEMPLATE_URL', 'postgres://app:${PASSWORD}@database'],
])('%s of "%s" is no plain secret', (name, text) => {
  expect(found(withVariable(name, text))).toEqual([]);
});

test.each([
  '--password=$PASSWORD',
  '--token-file=/run/secrets/token',
  'psql postgres://app:$PASSWORD@database',
  'postgres://{user}:{password}@{host}',
  'https://{{user}}:{{password}}@host',
  'http://elastic:%s@search:9200',
  'redis://<user>:<password>@cache',
  'amqp://app:$(cat /run/secrets/queue)@queue',
  'amqp://app:${QUEUE_PASSWORD}@queue',
])('an argument like %s has no secret', (argument) => {
  expect(found((container) => ({ ...container, command: [argument] }))).toEqual([]);
});

test('what the model makes of references keeps the policy', () => {
  const planned = planOfApp((app) => {
    const { url } = new PostgresDatabase(app, 'database');
    new Backend(app, 'api', { image: 'a:1', port: 8000, env: { API_TOKEN: url, DATABASE_URL: url } });
  });
  expect(noPlainSecretsInContainers.check(dockerPlan(planned))).toEqual([]);
});
