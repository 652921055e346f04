import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { Issue } from '../constructs/issue';
import { componentPath } from '../constructs/model/path';
import type { ApplicationModel, Workload } from '../constructs/model/workload';
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

function withAssignedIds(environment: KubernetesSpec, { workloads }: ApplicationModel): readonly Workload[] {
  if (environment.userIds === 'declared') return [];
  return workloads.filter((workload) => !isCarriedByCluster({ environment }, workload));
}
