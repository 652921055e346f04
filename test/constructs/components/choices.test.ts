import { Backend, docker, MongoDatabase, PostgresDatabase, type Application } from 'catamaran';
import { issuesOfApp, onDocker, workloadOfApp } from '../../support/application';

function shop(app: Application): void {
  const stores = { postgres: PostgresDatabase, mongodb: MongoDatabase };
  const store = new stores[app.choose('store', ['postgres', 'mongodb'])](app, 'store');
  new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { STORE_URL: store.url } });
}

function on(choices: Readonly<Record<string, string>>) {
  return docker({ secrets: { kind: 'env-file', file: '.env' }, choices });
}

test('the first option is the default', () => {
  expect(workloadOfApp('store', shop, onDocker).image).toEqual({
    kind: 'reference',
    reference: 'postgres:17',
  });
});

test('the environment chooses an option', () => {
  const { image } = workloadOfApp('store', shop, on({ store: 'mongodb' }));
  expect(image).toEqual({ kind: 'reference', reference: 'mongo:7.0' });
});

test('an unknown option is refused', () => {
  expect(issuesOfApp(shop, on({ store: 'sqlite' }))).toEqual([
    'shop (dev): choices.store is "sqlite": write one of postgres, mongodb',
  ]);
});

test('a choice that the application does not have is refused', () => {
  expect(issuesOfApp(shop, on({ cache: 'redis' }))).toEqual([
    'shop (dev): choices.cache is unknown: write one of store',
  ]);
  const without = (app: Application) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
  expect(issuesOfApp(without, on({ cache: 'redis' }))).toEqual([
    'shop (dev): choices.cache is unknown: the application has no choices',
  ]);
});
