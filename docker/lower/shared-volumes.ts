import { ownersFor } from '../../constructs/model/shared-volume';
import { unique } from '../../constructs/model/sorted';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import type { Lowering } from '../../constructs/target/lowering';
import type { Container } from '../container';

/** How Docker mounts volumes of several workloads. */
export const loweringOfSharedVolumes = {
  support: 'emulated',
  differences: [
    {
      when: (shared) => shared.length > 0,
      note:
        'The engine does not limit the size of a volume: it can grow until the disk is full. Before a container mounts it, ' +
        "another one makes the writers' user its owner: it runs the chown of the first writer's image as root, with no " +
        'other capability. The volume starts with what that image has in the folder',
    },
  ],
  lower: lowerSharedVolumes,
} satisfies Lowering<Workload['sharedVolumes'], Partial<Container>, ApplicationModel>;

/** The volumes that other workloads mount as well. A user that only reads them becomes a member of the writers' group. */
function lowerSharedVolumes(
  shared: Workload['sharedVolumes'],
  workload: Workload,
  model: ApplicationModel,
): Pick<Container, 'shared' | 'groups'> {
  const groups = ownersFor(workload, model).map(({ gid }) => gid);
  return {
    shared: shared.map(({ name, path, access }) => ({ name, path, access })),
    groups: unique(groups)
      .filter((gid) => gid !== workload.user.gid)
      .sort((left, right) => left - right),
  };
}
