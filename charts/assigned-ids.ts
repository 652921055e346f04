import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { Issue } from '../constructs/issue';
import { componentPath } from '../constructs/model/path';
import type { ApplicationModel, Workload } from '../constructs/model/workload';
import type { Note } from '../constructs/target/lowering';
import { isCarriedByCluster } from './lower/context';

/** Refuses images that run as one user only, where the cluster assigns another. */
export function assignedIdIssues(environment: KubernetesSpec, model: ApplicationModel): Issue[] {
  return withAssignedIds(environment, model)
    .filter(({ user }) => user.binding === 'image')
    .map(({ name, user: { uid, gid } }) => {
      const write =
        "binding: 'any' if the image can run as any user of group 0, or an image that can, or leave out userIds";
      return {
        path: componentPath(model.name, name),
        field: 'user',
        got: `${uid}:${gid}`,
        write,
        sentence:
          `user is ${uid}:${gid}, the only user that the image can run as, but with userIds 'assigned' the cluster ` +
          `chooses another: write ${write}`,
      };
    });
}

/** Says that the ids of components are left out. */
export function assignedIdNotes(environment: KubernetesSpec, model: ApplicationModel): Note[] {
  const workloads = withAssignedIds(environment, model).map(({ name }) => name);
  const note =
    'The ids of user and group are left out, because the cluster assigns others. The image must run as any user of ' +
    'group 0, and the cluster must also assign the group of volumes and secret files, as OpenShift does';
  return workloads.length > 0 ? [{ field: 'user', workloads, note }] : [];
}

function withAssignedIds(environment: KubernetesSpec, { workloads }: ApplicationModel): readonly Workload[] {
  if (environment.userIds === 'declared') return [];
  return workloads.filter((workload) => !isCarriedByCluster({ environment }, workload));
}
