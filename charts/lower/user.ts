import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Difference } from '../../constructs/target/lowering';
import { lowPorts } from '../../constructs/model/privilege';
import type { User, Workload } from '../../constructs/model/workload';
import { contentHash } from '../../constructs/target/hash';
import { merge } from '../../constructs/target/merge';
import { ownersFor } from '../../constructs/model/shared-volume';
import { isCarriedByCluster, manifest, type Context, type Fragment } from './context';

/** The user of a container, its entry in /etc/passwd if it needs a name, and its security settings. */
export function lowerUser(user: User, workload: Workload, context: Context) {
  const needsName = user.binding === 'named' && !isAssigned(context);
  return merge(
    identity(workload, context, ownersFor(workload, context.model)[0]),
    needsName ? named(user, workload, context) : {},
    listening(workload),
  );
}

/**
 * Lets every user listen on the low ports of a workload. A capability would not do: a program does not keep it when it
 * becomes another user.
 * @see https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls
 */
function listening(workload: Workload) {
  const low = lowPorts(workload);
  if (low.length === 0) return {};
  const sysctls = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(Math.min(...low)) }];
  return { pod: { securityContext: { sysctls } } } satisfies Fragment;
}

/**
 * Whether the cluster chooses the ids. It also gives the user a name in /etc/passwd.
 * @see https://github.com/cri-o/cri-o/blob/main/utils/utils.go, GeneratePasswd
 */
function isAssigned({ environment }: Context): boolean {
  return environment.userIds === 'assigned';
}

/** What a container runs as, and what it may do. */
export type Rights = Pick<Workload, 'user' | 'root' | 'privilege' | 'capabilities'>;

/** The rights of a container that needs no more than a user. */
export function onlyUser(user: User): Rights {
  return { user, root: 'read-only', privilege: { kind: 'none' }, capabilities: [] };
}

/**
 * The user and group of a container, and its security settings.
 * @param owner the user whose group the volumes of the pod belong to
 */
export function identity({ user, root, privilege, capabilities }: Rights, context: Context, owner = user) {
  const { uid, gid } = inCluster(user);
  const assigned = isAssigned(context);
  const isRoot = privilege.kind === 'root';
  const ids = {
    runAsNonRoot: !isRoot,
    ...(!assigned && { runAsUser: uid, runAsGroup: gid }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
  // Volumes belong to root already. A group of their own would change the modes of their files.
  const group = {
    ...(!assigned && { fsGroup: inCluster(owner).gid }),
    fsGroupChangePolicy: 'OnRootMismatch',
  };
  return {
    pod: { securityContext: { ...ids, ...(!isRoot && group) } },
    container: {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'], ...(capabilities.length > 0 && { add: [...capabilities] }) },
        privileged: false,
        readOnlyRootFilesystem: root === 'read-only',
        ...ids,
      },
    },
  } satisfies Fragment;
}

function named(user: User, { name }: Workload, context: Context) {
  const { uid, gid } = inCluster(user);
  const passwd = ['root:x:0:0:root:/root', `app:x:${uid}:${gid}:app:/tmp`].map(
    (line) => `${line}:/sbin/nologin\n`,
  );
  const data = { users: passwd.join('') };
  const map = manifest(context, 'v1', 'ConfigMap', `${name}-user-${contentHash(data)}`, {
    immutable: true,
    data,
  });
  const mount = { name: 'user', mountPath: '/etc/passwd', subPath: 'users', readOnly: true };
  return {
    container: { volumeMounts: [mount] },
    pod: { volumes: [{ name: 'user', configMap: { name: map.metadata.name } }] },
    objects: [map],
  } satisfies Fragment;
}

/**
 * Nodes use ids up to this one for their own users. A process with a higher id has no rights on the node if it escapes.
 */
const highest = 10_000;

/** The notes on containers that run with other ids than their component asks for. */
export const otherIds: readonly Difference<User, KubernetesSpec>[] = [
  {
    when: (user, workload, environment) => {
      const { uid, gid } = inCluster(user);
      const isMoved = uid !== user.uid || gid !== user.gid;
      return isMoved && environment.userIds === 'declared' && !isCarriedByCluster({ environment }, workload);
    },
    note: 'Kubernetes adds 10000 to the ids, so that no user of a node has them',
  },
  {
    when: (_, workload, environment) =>
      environment.userIds === 'assigned' && !isCarriedByCluster({ environment }, workload),
    note:
      'The ids of user and group are left out, because the cluster assigns others. The image must run as any user of ' +
      'group 0, and the cluster must also assign the group of volumes and secret files, as OpenShift does',
  },
];

/**
 * The ids that a user has in a cluster. Images that can run as any user often use group 0, which is the group of root: the
 * group gets the id of the user instead.
 */
export function inCluster({ uid, gid, binding }: User): { readonly uid: number; readonly gid: number } {
  if (binding === 'image') return { uid, gid };
  return { uid: above(uid), gid: above(gid === 0 ? uid : gid) };
}

function above(id: number): number {
  return id > highest ? id : id + highest;
}
