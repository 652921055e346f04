import { checkCall } from '../shape/call';
import type { Kind, Shape } from '../shape/kind';
import { options as optionsKind, variant } from '../shape/object';
import { text } from '../shape/words';

/** How the pods of several components share a volume in a cluster; `readWriteMany(…)` and `oneNode()` make it. */
export type SharedStorage =
  { readonly kind: 'read-write-many'; readonly storageClass: string } | { readonly kind: 'one-node' };

/** The options of `readWriteMany`. */
export interface ReadWriteManyOptions {
  /** The StorageClass, which must be able to mount a volume on several nodes at the same time, such as one of NFS. */
  readonly storageClass: string;
}

const className = text("the name of a StorageClass, such as 'shared'");

const manyShape: Shape<ReadWriteManyOptions> = { storageClass: className };

const manyOptions = optionsKind(manyShape, "readWriteMany({ storageClass: 'shared' })");

/**
 * Shared volumes are on storage that several nodes can mount, as ReadWriteMany claims. The storage must let the group of
 * the pods write, as storage with `fsGroup` does.
 *
 * @throws IssuesError if an option is wrong or unknown
 * @example kubernetes({ namespace: 'shop', sharedStorage: readWriteMany({ storageClass: 'shared' }) })
 */
export function readWriteMany(options: ReadWriteManyOptions): SharedStorage {
  checkCall('readWriteMany', { options }, { options: manyOptions });
  return { kind: 'read-write-many', storageClass: options.storageClass };
}

/**
 * All components that mount a shared volume run on one node, which any storage can do: the claims are ReadWriteOnce, of the
 * `storageClass` of the environment. The class should bind a claim only when a pod uses it. If the node is drained, all of
 * these pods stop before new ones start on another node.
 *
 * @example kubernetes({ namespace: 'shop', sharedStorage: oneNode() })
 */
export function oneNode(): SharedStorage {
  return { kind: 'one-node' };
}

export const sharedStorageKind: Kind<SharedStorage> = variant<SharedStorage>(
  { 'read-write-many': { storageClass: className }, 'one-node': {} },
  "readWriteMany({ storageClass: 'shared' }) or oneNode()",
);
