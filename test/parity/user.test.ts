import type { Planned } from '../../constructs/pipeline/plan';
import { objectOf, objectsOf, serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, backend } from './support';
import { onKubernetes, planOfApp, withProps } from '../support/application';

export const user = proveEach({
  user() {
    const { docker, kubernetes } = backend({ user: { uid: 1234, gid: 5678 } });
    expect(containerOf(kubernetes, 'api').securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1234,
      runAsGroup: 5678,
      seccompProfile: { type: 'RuntimeDefault' },
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    });
    expect(podOf(kubernetes, 'api').securityContext).toMatchObject({ runAsUser: 1234, fsGroup: 5678 });
    // An image that runs as any user runs as one that no node has; Docker's volumes are its own user's.
    const any = backend({ user: { uid: 1234, gid: 5678, binding: 'any' } });
    expect(podOf(any.kubernetes, 'api').securityContext).toMatchObject({
      runAsUser: 11_234,
      runAsGroup: 15_678,
      fsGroup: 15_678,
    });
    expect(serviceOf(any.docker, 'api')).toMatchObject({ user: '1234:5678' });
    const ofRoot = backend({ user: { uid: 1000, gid: 0, binding: 'any' } });
    expect(podOf(ofRoot.kubernetes, 'api').securityContext).toMatchObject({
      runAsUser: 11_000,
      runAsGroup: 11_000,
    });
    const named = backend({ user: { uid: 999, gid: 999, binding: 'named' } });
    expect(containerOf(named.kubernetes, 'api').volumeMounts).toContainEqual({
      name: 'user',
      mountPath: '/etc/passwd',
      subPath: 'users',
      readOnly: true,
    });
    expect(objectsOf(named.kubernetes, 'ConfigMap').map(({ data }) => data)).toEqual([
      { users: 'root:x:0:0:root:/root:/sbin/nologin\napp:x:10999:10999:app:/tmp:/sbin/nologin\n' },
    ]);
    expect(serviceOf(named.docker, 'api')).toMatchObject({ user: '999:999' });
    const high = backend({ user: { uid: 20_000, gid: 10_001, binding: 'any' } });
    expect(podOf(high.kubernetes, 'api').securityContext).toMatchObject({
      runAsUser: 20_000,
      runAsGroup: 10_001,
    });
    expect(serviceOf(docker, 'api')).toMatchObject({
      user: '1234:5678',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  },

  root() {
    const { docker, kubernetes } = backend({ root: 'writable' });
    expect(serviceOf(docker, 'api')).toMatchObject({
      read_only: false,
      user: '10001:10001',
      cap_drop: ['ALL'],
    });
    const { securityContext, resources } = containerOf(kubernetes, 'api');
    expect(securityContext).toMatchObject({ readOnlyRootFilesystem: false, runAsNonRoot: true });
    // What it writes needs room on the node: 64 MiB for logs, 64 MiB for /tmp, and 1 GiB.
    expect(resources?.requests?.['ephemeral-storage']).toBe('128Mi');
    expect(resources?.limits?.['ephemeral-storage']).toBe('1152Mi');
    const readOnly = backend();
    expect(serviceOf(readOnly.docker, 'api')).toMatchObject({ read_only: true });
    expect(containerOf(readOnly.kubernetes, 'api').securityContext).toMatchObject({
      readOnlyRootFilesystem: true,
    });
  },

  privilege() {
    const build = withProps({ runsAsRoot: { reason: 'it becomes another user' } });
    const [docker, kubernetes] = [planOfApp(build), planOfApp(build, acceptingRoot)];
    const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];
    expect(serviceOf(docker, 'api')).toMatchObject({
      user: '0:0',
      cap_add: capabilities,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      read_only: true,
    });
    expect(containerOf(kubernetes, 'api').securityContext).toEqual({
      runAsNonRoot: false,
      runAsUser: 0,
      runAsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: capabilities },
      privileged: false,
      readOnlyRootFilesystem: true,
    });
    // Volumes keep the owners and modes that root gives them.
    expect(podOf(kubernetes, 'api').securityContext).toEqual({
      runAsNonRoot: false,
      runAsUser: 0,
      runAsGroup: 0,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(levelsOf(kubernetes)).toEqual(['baseline', 'baseline', 'baseline']);
    expect(levelsOf(backend().kubernetes)).toEqual(['restricted', 'restricted', 'restricted']);
  },

  capabilities() {
    const { docker, kubernetes } = backend({ capabilities: ['NET_BIND_SERVICE', 'NET_BIND_SERVICE'] });
    expect(serviceOf(docker, 'api')).toMatchObject({ cap_add: ['NET_BIND_SERVICE'], cap_drop: ['ALL'] });
    expect(containerOf(kubernetes, 'api').securityContext?.capabilities).toEqual({
      drop: ['ALL'],
      add: ['NET_BIND_SERVICE'],
    });
    expect(levelsOf(kubernetes)).toEqual(['restricted', 'restricted', 'restricted']);
    const fewer = withProps({
      runsAsRoot: { reason: 'why', capabilities: ['SETUID'] },
      capabilities: ['NET_BIND_SERVICE'],
    });
    expect(serviceOf(planOfApp(fewer), 'api')).toMatchObject({ cap_add: ['SETUID', 'NET_BIND_SERVICE'] });
    const none = withProps({ runsAsRoot: { reason: 'why', capabilities: [] } });
    expect(serviceOf(planOfApp(none), 'api')).not.toHaveProperty('cap_add');
    expect(containerOf(planOfApp(none, acceptingRoot), 'api').securityContext?.capabilities).toEqual({
      drop: ['ALL'],
    });
  },
});

const acceptingRoot = { ...onKubernetes, accept: ['privilege'] } as const;

/** The Pod Security Standards of the namespace: of what is refused, of what is logged, and of what is warned of. */
function levelsOf(planned: Planned): (string | undefined)[] {
  const { labels } = objectOf(planned, 'Namespace', 'shop').metadata;
  return ['enforce', 'audit', 'warn'].map((mode) => labels[`pod-security.kubernetes.io/${mode}`]);
}
