import { posix } from 'node:path';
import { imageName } from '../../constructs/model/image';
import type { Capability } from '../../constructs/model/privilege';
import type { Workload } from '../../constructs/model/workload';
import { merge } from '../../constructs/target/merge';
import type { PodContainer } from '../manifest';
import type { Context, Fragment } from './context';
import copyFolders from './copy-folders.sh';
import { escape } from './expansion';
import { lowerCpu, lowerMemory } from './resources';
import { identity } from './user';

/** A folder of the image, and the volume that gets a copy of it. */
export interface CopiedFolder {
  readonly path: string;
  /** The name of the volume in the pod. */
  readonly volume: string;
}

/** The folder in a volume that holds the copy. A volume itself belongs to root, so its mode could not be that of the image. */
export const copy = 'content';

/** What root needs to copy the files of other users, and to keep their owners. */
const copying: readonly Capability[] = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'];

/** The capabilities of the container that copies folders of the image. */
export function copyingCapabilities({ privilege }: Pick<Workload, 'privilege'>): readonly Capability[] {
  return privilege.kind === 'root' ? copying : [];
}

/** The name of the container that copies folders of the image. */
export const copierName = 'copy-folders';

/** The init container that copies folders of the image into volumes, as the user that then owns the copies. */
export function copier(
  folders: readonly CopiedFolder[],
  workload: Workload,
  space: Pick<PodContainer, 'resources'>,
  context: Context,
): PodContainer {
  const { user, privilege, cpu, memory, image } = workload;
  const capabilities = copyingCapabilities(workload);
  const parts: readonly Fragment[] = [
    identity({ user, privilege, capabilities, root: 'read-only' }, context),
    lowerCpu(cpu, workload, context),
    lowerMemory(memory, workload, context),
    { container: space },
  ];
  const mounts = folders.map(({ volume }) => ({ name: volume, mountPath: posix.join('/catamaran', volume) }));
  const pairs = folders.flatMap(({ path, volume }) => [path, posix.join('/catamaran', volume)]);
  return {
    name: copierName,
    image: imageName(image),
    imagePullPolicy: 'Always',
    command: ['sh', '-c', copyFolders, 'copy', ...pairs].map(escape),
    ...merge(...parts).container,
    volumeMounts: mounts,
  };
}
