import type { KubernetesSpec } from '../constructs/environment/kubernetes';
import type { Issue } from '../constructs/issue';
import { componentPath } from '../constructs/model/path';
import type { ApplicationModel, Workload } from '../constructs/model/workload';
import { isCarriedByCluster } from './lower/context';

/** Refuses images that run as one user only, where the cluster assigns another. */
export function assignedIdIssues(environment: KubernetesSpec, model: ApplicationModel): Issue[] {
  return withAssignedIds(environment, model)
    .filter(({ user }) => user.binding === 'image')
    .map(({ name, privilege, user: { uid, gid } }) => {
      if (privilege.kind === 'root') return rootIssue(componentPath(model.name, name), privilege.reason);
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

function rootIssue(path: string, got: string): Issue {
  const write = 'an image that can run as any user of group 0, or leave out userIds';
  const sentence = `runsAsRoot is stated, but with userIds 'assigned' the cluster runs no pod as root: write ${write}`;
  return { path, field: 'runsAsRoot', got, write, sentence };
}

function withAssignedIds(environment: KubernetesSpec, { workloads }: ApplicationModel): readonly Workload[] {
  if (environment.userIds === 'declared') return [];
  return workloads.filter((workload) => !isCarriedByCluster({ environment }, workload));
}
