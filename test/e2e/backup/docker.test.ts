import { docker, sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import type { OwnProject } from '../support/own-project';
import { onEngine } from '../support/requirements';
import { run } from '../support/run';
import { stores } from '../support/stores';
import { keepTheData, storesProject } from './keep-the-data';

const standIns = 'FerretDB for MongoDB, MariaDB for MySQL, and a small server for Elasticsearch';

onEngine(`backups, written for Docker, of stores of which some are stand-ins: ${standIns}`, () => {
  let project: OwnProject;
  const compose = (...args: readonly string[]) =>
    run('docker', [
      ...[
        'compose',
        '--env-file',
        project.source('.env'),
        '--file',
        project.path('dist/stores/dev/compose.yaml'),
      ],
      ...args,
    ]);
  const up = () => compose('up', '--detach', '--wait');

  beforeAll(async () => {
    project = await storesProject();
    await sweep('stores-dev');
    await up();
  });
  afterAll(async () => {
    await sweep('stores-dev');
    project.remove();
  });

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: 'stores', environment: 'dev' },
    ...{ project: 'stores-dev', by: 'compose' },
  }));

  keepTheData({
    project: () => project,
    environment: 'dev',
    kinds: stores,
    inside: ({ name }, command) => docker('exec', `stores-dev-${name}-1`, ...command),
    lose: async () => {
      const names = stores.map(({ name }) => name);
      await compose('rm', '--stop', '--force', ...names);
      await docker('volume', 'rm', ...names.map((name) => `stores-dev_${name}-data`));
      await up();
    },
  });
});
