import { objectsOf, serviceOf, containerOf, podOf } from '../support/written';
import { proveEach, backend } from './support';

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
});
