import type { User, Workload } from '../../constructs/model/workload';
import { contentHash } from '../../constructs/target/hash';
import { merge } from '../../constructs/target/merge';
import { manifest, type Context, type Fragment } from './context';

/** Who a container's processes are, under which name, and what they can never become. */
export function lowerUser(user: User, workload: Workload, context: Context): Fragment {
  return merge(identity(user), user.binding === 'named' ? named(user, workload, context) : {});
}

/** Who a container's processes are, and what they can never become. */
export function identity(user: User): Fragment {
  const { uid, gid } = inCluster(user);
  const ids = {
    runAsNonRoot: true,
    runAsUser: uid,
    runAsGroup: gid,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  return {
    pod: { securityContext: { ...ids, fsGroup: gid, fsGroupChangePolicy: 'OnRootMismatch' } },
    container: {
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        privileged: false,
        readOnlyRootFilesystem: true,
        ...ids,
      },
    },
  };
}

function named(user: User, { name }: Workload, context: Context): Fragment {
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
  };
}

/** The highest id that a node may have given to a user of its own: one who breaks out is nobody there. */
const highest = 10_000;

// An image for any user often gives its files to the group of root, which is a privilege elsewhere.
function inCluster({ uid, gid, binding }: User): { readonly uid: number; readonly gid: number } {
  if (binding === 'image') return { uid, gid };
  return { uid: above(uid), gid: above(gid === 0 ? uid : gid) };
}

function above(id: number): number {
  return id > highest ? id : id + highest;
}
