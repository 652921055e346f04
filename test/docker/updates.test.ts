import { Backend, PostgresDatabase, Worker } from 'catamaran';
import { compareUpdates } from '../../docker/updates';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { onDocker, planOfApp, type Build, type TestApplicationOptions } from '../support/application';

function updates(before: Build, after: Build, options: TestApplicationOptions = {}, later = options) {
  const files = (build: Build, own: TestApplicationOptions) =>
    writtenFiles(planOfApp(build, onDocker, own), '../../../stacks/shop');
  return compareUpdates(files(before, options), files(after, later), 'dist/shop/dev');
}

const shop =
  (volume = 'uploads', path = '/data'): Build =>
  (app) => {
    const database = new PostgresDatabase(app, 'database', { image: 'postgres:17' });
    new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      env: { DATABASE_URL: database.url },
      volumes: { [volume]: { path } },
    });
  };
const worker: Build = (app) => {
  shop()(app);
  new Worker(app, 'worker', { image: 'worker:1.0' });
};

test('what an engine does by itself is not told', () => {
  expect(updates(shop(), shop(), {}, { version: '2.0', owner: { team: 'fleet' } })).toEqual([]);
  expect(updates(shop(), worker)).toEqual([]);
  expect(updates(shop(), shop('uploads', '/files'))).toEqual([]);
});

test('a volume with another name starts empty: its data is copied, or it gets its old name back', () => {
  expect(updates(shop(), shop('media'))).toEqual([
    {
      object: 'volume shop-dev_api-uploads',
      effect: 'leaves-data',
      reason:
        'api gets the volume shop-dev_api-media at /data instead. The new volume starts empty, and the data stays in the old one.',
      steps: [
        '# Write the old name again. Or copy the data before the update:',
        'docker compose --project-name shop-dev stop api',
        'docker run --rm --user 0 --entrypoint cp --volume shop-dev_api-uploads:/from:ro --volume shop-dev_api-media:/to api:1.0 -a /from/. /to',
        '# When nobody needs the old data: docker volume rm shop-dev_api-uploads',
      ],
    },
  ]);
});

test('a component that is gone leaves its volume, and its container', () => {
  const api: Build = (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
  expect(updates(shop(), api)).toEqual([
    {
      object: 'volume shop-dev_api-uploads',
      effect: 'leaves-data',
      reason: 'It is no longer in compose.yaml. Its data stays on the host, and nothing uses it.',
      steps: ['# When nobody needs the old data: docker volume rm shop-dev_api-uploads'],
    },
    {
      object: 'volume shop-dev_database-data',
      effect: 'leaves-data',
      reason: 'It is no longer in compose.yaml. Its data stays on the host, and nothing uses it.',
      steps: ['# When nobody needs the old data: docker volume rm shop-dev_database-data'],
    },
    {
      object: 'service database',
      effect: 'stays-behind',
      reason: 'It is no longer in compose.yaml, and docker compose up alone does not remove its containers.',
      steps: ['docker compose --file dist/shop/dev/compose.yaml up --detach --remove-orphans'],
    },
  ]);
});

test('an application with another name is another project: everything stays with the old one', () => {
  const found = updates(shop(), shop(), { name: 'shop' }, { name: 'store' });
  expect(found.map(({ object, effect }) => [object, effect])).toEqual([
    ['volume shop-dev_api-uploads', 'leaves-data'],
    ['volume shop-dev_database-data', 'leaves-data'],
    ['project shop-dev', 'stays-behind'],
  ]);
  expect(found.at(-1)?.steps).toEqual(['docker compose --project-name shop-dev down']);
});

test('files of another target are none of its business', () => {
  expect(compareUpdates({ 'api.yaml': 'kind: Deployment\n' }, {}, 'dist')).toEqual([]);
  expect(
    compareUpdates({ 'compose.yaml': 'edited: [by hand' }, { 'compose.yaml': 'name: x\n' }, 'dist'),
  ).toEqual([]);
});
