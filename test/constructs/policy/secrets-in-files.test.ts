import { Backend, type Application, PostgresDatabase, Secret, type EnvironmentValue } from 'catamaran';
import { secretsInFiles } from '../../../constructs/policy/secrets-in-files';
import { adviceOf, violationsOf } from '../../support/policy';

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

test('a URL with a secret in it gets advice alone, as nearly every client takes it from a variable', () => {
  const build = (app: Application) => {
    const database = new PostgresDatabase(app, 'database');
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
  };
  expect(violationsOf(secretsInFiles, build)).toEqual([]);
  expect(adviceOf(secretsInFiles, build)).toEqual([
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

test.each(['STORE_URL', 'DSN', 'mongo_uri'])(
  'a secret that is a whole URL, %s, gets advice alone',
  (name) => {
    const env = { [name]: Secret.named('STORE') };
    const build = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
    expect(violations(env)).toEqual([]);
    expect(adviceOf(secretsInFiles, build)).toEqual([
      {
        workload: 'api',
        field: `env.${name}`,
        got: 'the secret STORE',
        write: `${name}_FILE: Secret.named('STORE').file, if the program can read a file`,
        sentence: `env.${name} contains the secret STORE: write ${name}_FILE: Secret.named('STORE').file, if the program can read a file`,
      },
    ]);
  },
);
