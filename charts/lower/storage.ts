import { keepsData } from '../../constructs/environment/environment';
import type { Size } from '../../constructs/model/units';
import type { Workload } from '../../constructs/model/workload';
import { manifest, selector, type Context, type Fragment } from './context';
import { copier, copy } from './image-folders';
import type { ManifestOf } from '../manifest';
import { sizeQuantity } from './units';

/** The disk space for the logs of a container, in bytes: 64 MiB. */
const logSpace = 64 * 1024 ** 2;

/** The disk space for what a program writes into the folders of its image, in bytes: 1 GiB. */
const rootSpace = 1024 ** 3;

/**
 * Volumes for data that must survive the pods. A StatefulSet creates its volume claims itself. For the pods of other
 * controllers, each claim is an object of its own.
 */
export function lowerVolumes(volumes: Workload['volumes'], workload: Workload, context: Context) {
  if (volumes.length === 0) return {};
  const container = { volumeMounts: volumes.map(({ name, path }) => ({ name, mountPath: path })) };
  if (workload.run !== 'stateful') return { container, ...standaloneClaims(volumes, workload, context) };
  const whenDeleted = keepsData(context.environment) ? 'Retain' : 'Delete';
  return {
    container,
    controller: {
      persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled: 'Retain' },
      volumeClaimTemplates: volumes.map(({ name, size }) => ({
        ...serverFields,
        // A claim of a StatefulSet cannot be changed, so it has no label that changes, such as the owner.
        metadata: { name, labels: selector(workload.name) },
        spec: {
          ...claim(size, 'ReadWriteOnce', context.environment.storageClass),
          volumeMode: 'Filesystem',
        },
      })),
    },
  } satisfies Fragment;
}

/**
 * Fields that the API server adds to each claim of a StatefulSet. Argo CD compares the list of claims as a whole, so
 * without these fields it would find a difference each time.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
const serverFields = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  status: { phase: 'Pending' },
};

function standaloneClaims(volumes: Workload['volumes'], workload: Workload, context: Context) {
  const claims = volumes.map(({ name, size }) => ({
    volume: name,
    object: manifest(context, 'v1', 'PersistentVolumeClaim', `${workload.name}-${name}`, {
      spec: claim(size, 'ReadWriteOnce', context.environment.storageClass),
    }),
  }));
  return {
    pod: {
      volumes: claims.map(({ volume, object }) => ({
        name: volume,
        persistentVolumeClaim: { claimName: object.metadata.name },
      })),
    },
    objects: claims.map(({ object }) => (keepsData(context.environment) ? kept(object) : object)),
  } satisfies Fragment;
}

/** The spec of a volume claim. @param storageClass undefined for the default class of the cluster */
export function claim(
  size: Size,
  access: 'ReadWriteOnce' | 'ReadWriteMany',
  storageClass: string | undefined,
) {
  return {
    accessModes: [access],
    ...(storageClass !== undefined && { storageClassName: storageClass }),
    resources: { requests: { storage: sizeQuantity(size) } },
  };
}

/**
 * Marks an object so that Argo CD and Flux do not delete it when it is no longer among the files.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export function kept(object: ManifestOf<'PersistentVolumeClaim'>): ManifestOf<'PersistentVolumeClaim'> {
  const annotations = {
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
    ...object.metadata.annotations,
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Writable folders, and the limit for the disk space that a container may use on its node. */
export function lowerScratch(scratch: Workload['scratch'], workload: Workload, context: Context) {
  const resources = diskSpace(scratch, workload);
  const named = scratch.map((folder, index) => ({ ...folder, name: `scratch-${index}` }));
  const copied = named.filter(({ content }) => content === 'image');
  const folders = copied.map(({ name, path }) => ({ path, volume: name }));
  return {
    container: {
      resources,
      ...(named.length > 0 && {
        volumeMounts: named.map(({ name, path, content }) => ({
          name,
          mountPath: path,
          ...(content === 'image' && { subPath: copy }),
        })),
      }),
    },
    pod: {
      ...(folders.length > 0 && { initContainers: [copier(folders, workload, { resources }, context)] }),
      volumes: named.map(({ name, size, medium }) => ({
        name,
        emptyDir: { sizeLimit: sizeQuantity(size), ...(medium === 'memory' && { medium: 'Memory' }) },
      })),
    },
  } satisfies Fragment;
}

/** The disk space that a container requests, and the most that it may use. Only few programs fill a root that they can write. */
function diskSpace(scratch: Workload['scratch'], { root }: Workload) {
  const asked = scratch
    .filter(({ medium }) => medium === 'disk')
    .reduce((sum, { size }) => sum + size.bytes, logSpace);
  const space = (bytes: number) => ({ 'ephemeral-storage': sizeQuantity({ bytes }) });
  return { requests: space(asked), limits: space(asked + (root === 'writable' ? rootSpace : 0)) };
}
