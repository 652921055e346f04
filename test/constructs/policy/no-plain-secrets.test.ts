import { Backend, Secret, type EnvironmentValue } from 'catamaran';
import { noPlainSecretsInModel } from '../../../constructs/policy/no-plain-secrets';
import { violationsOf } from '../../support/policy';

const plain = (name: string) => ({
  workload: 'api',
  field: `env.${name}`,
  got: 'a plain value',
  write: `Secret.named('${name}')`,
  sentence: `env.${name} holds a secret as a plain value: write Secret.named('${name}')`,
});

function found(name: string, value: EnvironmentValue) {
  return violationsOf(
    noPlainSecretsInModel,
    (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { [name]: value } }),
  );
}

test.each(['DB_PASSWORD', 'SESSION_SECRET', 'GITHUB_TOKEN', 'OPENAI_API_KEY', 'aws_access_key'])(
  'a plain %s is found, and not shown',
  (name) => {
    expect(found(name, 'hunter2')).toEqual([plain(name)]);
  },
);

test('a password within a plain URL is found, and not shown', () => {
  expect(found('STORE', 'postgres://app:hunter2@db.example.com/app')).toEqual([plain('STORE')]);
});

test.each<[string, EnvironmentValue]>([
  ['DB_PASSWORD', Secret.named('DB_PASSWORD')],
  ['DB_PASSWORD_FILE', Secret.named('DB_PASSWORD').file],
  ['DB_PASSWORD', ''],
  ['ACCESS_TOKEN_EXPIRE_MINUTES', 30],
  ['PROXY_URL', 'http://proxy.example.com:3128/a@b'],
])('%s is no plain secret', (name, value) => {
  expect(found(name, value)).toEqual([]);
});
