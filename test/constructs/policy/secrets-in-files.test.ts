import { Backend, PostgresDatabase, Secret, type EnvironmentValue } from 'catamaran';
import { secretsInFiles } from '../../../constructs/policy/secrets-in-files';
import { violationsOf } from '../../support/policy';

function violations(env: Readonly<Record<string, EnvironmentValue>>) {
  return violationsOf(
    secretsInFiles,
    (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000, env }),
  );
}

test('a variable that is a secret is found', () => {
  expect(violations({ API_KEY: Secret.named('KEY') })).toEqual([
    {
      workload: 'api',
      field: 'env.API_KEY',
      got: 'the secret KEY',
      write: "API_KEY_FILE: Secret.named('KEY').file, if the program can read a file",
      sentence:
        'env.API_KEY contains the secret KEY: ' +
        "write API_KEY_FILE: Secret.named('KEY').file, if the program can read a file",
    },
  ]);
});

test('a variable with a secret within it is found', () => {
  const found = violationsOf(secretsInFiles, (app) => {
    const database = new PostgresDatabase(app, 'database');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
  });
  expect(found).toEqual([
    {
      workload: 'api',
      field: 'env.DATABASE_URL',
      got: 'the secret DATABASE_PASSWORD',
      write: 'it into a file, if the program can read one',
      sentence:
        'env.DATABASE_URL contains the secret DATABASE_PASSWORD: write it into a file, if the program can read one',
    },
  ]);
});

test('a file and a plain value keep the policy', () => {
  expect(violations({ API_KEY_FILE: Secret.named('KEY').file, LEVEL: 'info' })).toEqual([]);
});
