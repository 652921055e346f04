import { join } from 'node:path';
import { Backend, existingSecret, PostgresDatabase, pulumiConfig, Secret, text } from 'catamaran';
import { readEnvFile, secretValueIssues } from '../../../cli/project/secret-values';
import { targets } from '../../../cli/targets';
import { compile } from '../../../constructs/compile/compile';
import type { EnvironmentSpec } from '../../../constructs/environment/environment';
import { formatIssue } from '../../../constructs/issue';
import { targetFor } from '../../../constructs/pipeline/plan';
import { application, onDocker, onKubernetes, thrownBy, type Build } from '../../support/application';
import { projectOf } from '../../support/project';

test('a file that is not there has no variables', () => {
  expect(readEnvFile('/nowhere/.env')).toEqual({});
});

test('each line that programs read differently is told with its file and number, without its value', () => {
  const project = projectOf({ '.env': 'A=planted#1\nB=fine\nC=planted$x\n' });
  expect(thrownBy(() => readEnvFile(join(project, '.env'))).message.split('\n')).toEqual([
    `${project}/.env:1: A has a # outside of quotes, which starts a comment for some programs: write the value in single quotes, such as NAME='a$b#c'`,
    `${project}/.env:3: C has a $, which docker compose replaces with a variable: write the value in single quotes, such as NAME='a$b#c'`,
  ]);
});

test('every source of secrets is told in words where a secret is missing', () => {
  const build: Build = (app) =>
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: Secret.variables('TOKEN') });
  const places: EnvironmentSpec[] = [
    onDocker,
    { ...onKubernetes, secrets: existingSecret('vault') },
    { ...onKubernetes, secrets: pulumiConfig() },
  ];
  const issues = places.flatMap((place) => {
    const shop = application(build, place, { folder: '/apps/shop' });
    const model = compile(shop, targetFor(shop, targets));
    const missing = secretValueIssues(shop, model, {}).map(formatIssue);
    // An empty value is missing too.
    expect(secretValueIssues(shop, model, { TOKEN: '' }).map(formatIssue)).toEqual(missing);
    return missing;
  });
  expect(issues).toEqual([
    'shop (dev): secret TOKEN is missing: write it into the file /apps/shop/.env',
    'shop (dev): secret TOKEN is missing: write it into the Kubernetes Secret vault',
    'shop (dev): secret TOKEN is missing: write it into Pulumi, with pulumi config set --secret secrets:TOKEN ' +
      '--stack shop-dev',
  ]);
});

test('a secret within a URL has the characters that mean the same there, elsewhere it may have any', () => {
  const shop = application((app) => {
    const database = new PostgresDatabase(app, 'database');
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      env: {
        URL: database.url,
        ...Secret.variables('TOKEN'),
        BEARER: text`Bearer ${Secret.named('TOKEN')}`,
        CONFIG: text`{"url":"https://db.example.com","key":"${Secret.named('TOKEN')}"}`,
        DSN: text`app:${Secret.named('TOKEN')}@tcp(${database.endpoint})/shop`,
      },
    });
  });
  const model = compile(shop, targetFor(shop, targets));
  const issues = (DATABASE_PASSWORD: string) =>
    secretValueIssues(shop, model, { DATABASE_PASSWORD, TOKEN: 'p@ss/w:rd' }).map(formatIssue);
  expect(issues('aA0-._~')).toEqual([]);
  for (const unsafe of ['p@ss', 'a/b', 'a:b', 'a b', 'a%41', 'é'])
    expect(issues(unsafe)).toEqual([
      'shop (dev): secret DATABASE_PASSWORD becomes a part of a URL, but is empty or contains characters that need ' +
        'escaping there: write a value with only letters, digits and - . _ ~',
    ]);
});

test.each([
  text`https://example.com/hook?key=${Secret.named('TOKEN')}`,
  text`jdbc:mysql://db.example.com/shop?user=app&password=${Secret.named('TOKEN')}`,
  text`one amqp://app:${Secret.named('TOKEN')}@mq.example.com`,
  text`https://${Secret.named('TOKEN')}.example.com`,
])('a secret of a text stands in a URL', (value) => {
  const shop = application((app) => {
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { VALUE: value } });
  });
  const model = compile(shop, targetFor(shop, targets));
  expect(secretValueIssues(shop, model, { TOKEN: 'p@ss' }).map(formatIssue)).toEqual([
    'shop (dev): secret TOKEN becomes a part of a URL, but is empty or contains characters that need escaping there: ' +
      'write a value with only letters, digits and - . _ ~',
  ]);
});
