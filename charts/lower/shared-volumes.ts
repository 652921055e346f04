import { keepsData } from '../../constructs/environment/environment';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Lowering } from '../../constructs/target/lowering';
import { mountersOf, sharedVolumesOf } from '../../constructs/model/shared-volume';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import type { Manifest } from '../manifest';
import { manifest, type Context, type Fragment } from './context';
import { claim, kept } from './storage';

/** How Kubernetes mounts volumes of several workloads. */
export const loweringOfSharedVolumes = {
  support: 'emulated',
  differences: [
    {
      when: (shared, _, { sharedStorage }) => shared.length > 0 && sharedStorage?.kind === 'one-node',
      note:
        'All pods that mount a shared volume run on one node, because its storage cannot be mounted on several. If that ' +
        'node is drained or fails, all of them stop',
    },
  ],
  lower: lowerSharedVolumes,
} satisfies Lowering<Workload['sharedVolumes'], Fragment, Context, KubernetesSpec>;

/** The mounts of the volumes that other workloads mount as well. */
function lowerSharedVolumes(shared: Workload['sharedVolumes']) {
  if (shared.length === 0) return {};
  const named = shared.map((mount, index) => ({ mount, volume: `shared-${index}` }));
  return {
    container: {
      volumeMounts: named.map(({ volume, mount: { path, access } }) => ({
        name: volume,
        mountPath: path,
        ...(access === 'read-only' && { readOnly: true }),
      })),
    },
    pod: {
      volumes: named.map(({ volume, mount }) => ({
        name: volume,
        persistentVolumeClaim: { claimName: mount.name },
      })),
    },
  } satisfies Fragment;
}

/** The claims of shared volumes, which belong to no workload. */
export function sharedClaims(context: Context): Manifest[] {
  const { model, environment } = context;
  const { sharedStorage, storageClass } = environment;
  const isMany = sharedStorage?.kind === 'read-write-many';
  const access = isMany ? 'ReadWriteMany' : 'ReadWriteOnce';
  const ofClass = isMany ? sharedStorage.storageClass : storageClass;
  return sharedVolumesOf(model).map(({ name, size }) => {
    const object = manifest(context, 'v1', 'PersistentVolumeClaim', name, {
      spec: claim(size, access, ofClass),
    });
    return keepsData(environment) ? kept(object) : object;
  });
}

/**
 * The workloads that run on the same node as a workload, itself among them, because they mount a shared volume that only one
 * node can mount. Two that share no volume are among them if a third shares one with each. Empty if the workload may run on
 * any node.
 */
export function onOneNode(
  { name, sharedVolumes }: Workload,
  { model, environment }: Pick<Context, 'model' | 'environment'>,
): string[] {
  if (environment.sharedStorage?.kind !== 'one-node' || sharedVolumes.length === 0) return [];
  const found = new Set([name]);
  // A set goes on to what is added while it is read.
  for (const one of found) for (const other of neighbours(one, model)) found.add(other);
  return [...found].sort();
}

function neighbours(name: string, model: ApplicationModel): string[] {
  const { sharedVolumes = [] } = model.workloads.find((workload) => workload.name === name) ?? {};
  return sharedVolumes.flatMap((volume) => mountersOf(model, volume.name).map((workload) => workload.name));
}
