import { kubectl, list, sweepNamespace, type Pod } from '../support/cluster';
import { endDatabase, type Hull } from './bench';

const namespace = 'faults-e2e';
const inside = ['--namespace', namespace];
const volume = 'faults-e2e-database';

/** The application in a cluster, by Pulumi. */
export const cluster: Hull = {
  url: 'http://127.0.0.1:30017',
  stack: 'faults-staging',
  async prepare(disk) {
    await cluster.sweep();
    await kubectl(['apply', '--filename', '-'], { input: JSON.stringify(persistentVolume(disk)) });
  },
  async sweep() {
    await sweepNamespace(namespace);
    await kubectl(['delete', 'persistentvolume', volume, '--ignore-not-found', '--wait']);
  },
  async settled() {
    const pods = await list<Pod>(namespace, 'pods', '--selector', 'app.kubernetes.io/component=backend');
    // A pod that was evicted stays, as a record.
    const running = pods.filter(({ status }) => !['Failed', 'Succeeded'].includes(status.phase));
    return running.every(isReady)
      ? running.map(({ metadata, status }) => ({
          name: metadata.name,
          restarts: status.containerStatuses?.[0]?.restartCount ?? 0,
        }))
      : undefined;
  },
  async kill({ name }) {
    await kubectl([...inside, 'delete', 'pod', name, '--force', '--grace-period=0']);
  },
  async killDatabase() {
    await kubectl([...inside, 'exec', 'database-0', '--', 'sh', '-c', endDatabase]);
  },
};

const isReady = ({ metadata, status }: Pod) =>
  metadata.deletionTimestamp === undefined &&
  (status.containerStatuses?.every(({ ready }) => ready) ?? false);

function persistentVolume(path: string): unknown {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volume },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'standard',
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: { namespace, name: 'data-database-0' },
      hostPath: { path },
    },
  };
}
