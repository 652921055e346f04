import { kubectl, rolledOut, sweepNamespace } from '../support/cluster';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import type { OwnProject } from '../support/own-project';
import { onCluster } from '../support/requirements';
import { stores } from '../support/stores';
import { keepTheData, storesProject } from './keep-the-data';

onCluster('backups, written for Kubernetes, of PostgreSQL and of a small server for Elasticsearch', () => {
  let project: OwnProject;
  const namespace = 'stores-e2e';
  const kinds = stores.filter(({ name }) => ['postgres', 'search'].includes(name));
  const inNamespace = (...args: readonly string[]) => kubectl(['--namespace', namespace, ...args]);
  const up = async () => {
    await kubectl(['apply', '--filename', project.path('dist/stores/staging')]);
    await rolledOut(namespace);
  };

  beforeAll(async () => {
    project = await storesProject();
    await sweepNamespace(namespace);
    await kubectl(['create', 'namespace', namespace]);
    await inNamespace(
      'create',
      'secret',
      'generic',
      'stores-secrets',
      `--from-env-file=${project.source('.env')}`,
    );
    await up();
  });
  afterAll(async () => {
    await sweepNamespace(namespace);
    project.remove();
  });

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: 'stores', environment: 'staging' },
    namespace,
  }));

  keepTheData({
    project: () => project,
    environment: 'staging',
    kinds,
    inside: ({ name }, command) => inNamespace('exec', `${name}-0`, '--container', name, '--', ...command),
    lose: async () => {
      await inNamespace('delete', 'statefulset', ...kinds.map(({ name }) => name), '--wait');
      await inNamespace('delete', 'persistentvolumeclaim', ...kinds.map(({ name }) => `data-${name}-0`));
      await up();
    },
  });
});
