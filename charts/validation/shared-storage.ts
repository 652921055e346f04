import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Environment } from '../../constructs/environment/environment';
import type { Issue } from '../../constructs/issue';
import { checkName, reportTo } from '../../constructs/target/report';
import { subdomainProblem } from '../../constructs/model/name';
import { componentPath, environmentPath } from '../../constructs/model/path';
import { mountersOf, ownersFor, sharedVolumesOf, writersOf } from '../../constructs/model/shared-volume';
import type { ApplicationModel, User } from '../../constructs/model/workload';
import { listed } from '../../constructs/model/words';
import { inCluster } from '../lower/user';

/** Finds shared volumes that a cluster cannot share: because the environment does not say how, or because of their users. */
export function sharedStorageIssues(
  model: ApplicationModel,
  environment: Environment<KubernetesSpec>,
): Issue[] {
  const path = environmentPath(model.name, environment.name);
  const { sharedStorage, userIds } = environment;
  const issues: Issue[] = [];
  if (sharedStorage?.kind === 'read-write-many')
    checkName(
      reportTo(issues, path),
      'sharedStorage.storageClass',
      sharedStorage.storageClass,
      subdomainProblem,
    );
  if (sharedStorage === undefined) issues.push(...unsaid(path, model));
  if (userIds === 'declared') issues.push(...writerIssues(model), ...groupIssues(model));
  return issues;
}

function unsaid(path: string, model: ApplicationModel): Issue[] {
  const shared = sharedVolumesOf(model);
  if (shared.length === 0) return [];
  const users = shared.map(
    ({ name }) => `${name} (mounted by ${listed(mountersOf(model, name).map((workload) => workload.name))})`,
  );
  const write =
    "sharedStorage: readWriteMany({ storageClass: 'shared' }) for storage that several nodes can mount, or " +
    'sharedStorage: oneNode() to run all of these components on one node';
  const sentence =
    `sharedStorage is missing, but the application shares ${listed(users)}, and most storage of a cluster can be ` +
    `mounted on one node only: write ${write}`;
  return [{ path, field: 'sharedStorage', got: undefined, write, sentence }];
}

/** Writers that have one user in the application, and several in the cluster: the ids of only one of them are moved. */
function writerIssues(model: ApplicationModel): Issue[] {
  return sharedVolumesOf(model).flatMap(({ name }) => {
    const [first, ...others] = writersOf(model, name);
    if (!first) return [];
    return others
      .filter(({ user }) => isEqual(user, first.user) && !isEqual(inCluster(user), inCluster(first.user)))
      .map((workload) => {
        const write = `the same user for both, with the binding ${first.user.binding}, which says what Kubernetes does to its ids`;
        const got = inWords(inCluster(workload.user));
        const sentence =
          `user is ${got} on Kubernetes, but ${first.name} writes to the shared volume ${name} as ` +
          `${inWords(inCluster(first.user))} there: write ${write}`;
        return { path: componentPath(model.name, workload.name), field: 'user', got, write, sentence };
      });
  });
}

/** Pods whose shared volumes belong to several groups: a pod gives all of its volumes to one group. */
function groupIssues(model: ApplicationModel): Issue[] {
  return model.workloads.flatMap((workload) => {
    const groups = [...new Set(ownersFor(workload, model).map((user) => inCluster(user).gid))];
    if (groups.length < 2) return [];
    const write = 'one group for all components that write to these volumes';
    const got = `volumes of the groups ${listed(groups.map(String))}`;
    const sentence = `sharedVolumes has ${got}, but Kubernetes gives all volumes of a pod to one group: write ${write}`;
    return [{ path: componentPath(model.name, workload.name), field: 'sharedVolumes', got, write, sentence }];
  });
}

type Ids = Pick<User, 'uid' | 'gid'>;

function isEqual(one: Ids, other: Ids): boolean {
  return one.uid === other.uid && one.gid === other.gid;
}

function inWords({ uid, gid }: Ids): string {
  return `${uid}:${gid}`;
}
