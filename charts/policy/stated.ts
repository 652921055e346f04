import type { Capability } from '../../constructs/model/privilege';
import type { Rights } from '../lower/user';
import { copierName, copyingCapabilities } from '../lower/image-folders';
import type { PodContainer } from '../manifest';
import type { KubernetesPlan } from '../plan';
import type { PlannedPod } from '../pods';

/** What the component of a container states about the rights of its program. */
interface ContainerRights extends Pick<Rights, 'root' | 'privilege'> {
  readonly capabilities: readonly Capability[];
}

const none: ContainerRights = { root: 'read-only', privilege: { kind: 'none' }, capabilities: [] };

/**
 * What is stated for one container of a pod. The check of a migration runs with the rights of the migration, in the pods that
 * wait for it, and folders of an image are copied by the user of the workload.
 */
export function statedOf(
  { name }: PodContainer,
  { workload }: PlannedPod,
  { stated }: KubernetesPlan,
): ContainerRights {
  const migration = name.replace(/^wait-/, '').replace(new RegExp(`-${copierName}$`), '');
  const rights = stated[name === copierName ? workload : name === workload ? name : migration];
  if (!rights) return none;
  if (name !== workload && name.endsWith(copierName))
    return { ...rights, root: 'read-only', capabilities: copyingCapabilities(rights) };
  return rights;
}
