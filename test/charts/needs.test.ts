import { Backend, Migration, Secret, Size, Worker } from 'catamaran';
import { onKubernetes, planOfApp, withProps, type Build } from '../support/application';
import { containerOf, objectOf, podOf } from '../support/written';

const acceptingRoot = { ...onKubernetes, accept: ['privilege'] } as const;
const reason = 'it becomes another user';

/** The namespace's level of the Pod Security Standards. */
function level(build: Build, accept: readonly ('privilege' | 'capabilities')[]) {
  const planned = planOfApp(build, { ...onKubernetes, accept });
  return objectOf(planned, 'Namespace', 'shop').metadata.labels['pod-security.kubernetes.io/enforce'];
}

test('a pod may listen on its lowest port, as whatever user', () => {
  const sysctls = (build: Build) => podOf(planOfApp(build, acceptingRoot), 'api').securityContext?.sysctls;
  const port80 = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }];
  expect(podOf(planOfApp(withProps({ port: 80 }), onKubernetes), 'api').securityContext?.sysctls).toEqual(
    port80,
  );
  // Root loses its rights when it becomes another user.
  expect(sysctls(withProps({ port: 80, runsAsRoot: { reason } }))).toEqual(port80);
  expect(podOf(planOfApp(withProps({ port: 1024 }), onKubernetes), 'api').securityContext).not.toHaveProperty(
    'sysctls',
  );
});

test('the namespace allows what the components state, and no more', () => {
  expect(level(withProps({ capabilities: ['NET_BIND_SERVICE'], root: 'writable', port: 80 }), [])).toBe(
    'restricted',
  );
  expect(level(withProps({ capabilities: ['CHOWN'] }), ['capabilities'])).toBe('baseline');
  expect(level(withProps({ runsAsRoot: { reason } }), ['privilege'])).toBe('baseline');
  expect(level(withProps({ runsAsRoot: { reason }, capabilities: ['KILL'] }), ['privilege'])).toBe(
    'baseline',
  );
  const admin = withProps({ runsAsRoot: { reason, capabilities: ['NET_ADMIN'] } });
  expect(level(admin, ['privilege', 'capabilities'])).toBe('privileged');
});

test('beside root, everything else keeps its restrictions: other pods, and the waits of the pod itself', () => {
  const planned = planOfApp((app) => {
    const cache = new Backend(app, 'cache', { image: 'cache:1.0', port: 6379 });
    const api = new Backend(app, 'api', {
      image: 'api:1.0',
      port: 8000,
      runsAsRoot: { reason },
      waitsFor: [cache],
    });
    new Worker(app, 'worker', { image: 'api:1.0', waitsFor: [api] });
  }, acceptingRoot);
  const restricted = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  expect(containerOf(planned, 'worker').securityContext).toMatchObject(restricted);
  for (const name of ['api', 'worker'])
    expect(podOf(planned, name).initContainers?.map(({ securityContext }) => securityContext)).toEqual([
      { ...restricted, runAsUser: 10_001, runAsGroup: 10_001 },
    ]);
});

test('the check of a migration has what the migration needs', () => {
  const scratch = [{ path: '/etc/app', size: Size.mebibytes(8), medium: 'disk', content: 'image' }] as const;
  const build: Build = (app) => {
    const migration = new Migration(app, 'migration', {
      image: 'api:1.0',
      command: ['up'],
      check: ['is-up'],
      runsAsRoot: { reason, capabilities: [] },
      root: 'writable',
      scratch,
      env: { TOKEN_FILE: Secret.named('TOKEN').file },
    });
    new Worker(app, 'worker', { image: 'worker:1.0', waitsFor: [migration] });
  };
  const pod = podOf(planOfApp(build, acceptingRoot), 'worker');
  expect(pod.initContainers?.map(({ name }) => name)).toEqual(['migration-copy-folders', 'wait-migration']);
  const [copier, check] = (pod.initContainers ?? []).map((one) => one);
  expect(check?.securityContext).toMatchObject({ runAsUser: 0, readOnlyRootFilesystem: false });
  expect(copier?.volumeMounts).toEqual([{ name: 'migration-scratch-0', mountPath: '/catamaran/scratch-0' }]);
  expect(check?.volumeMounts).toContainEqual({
    name: 'migration-scratch-0',
    mountPath: '/etc/app',
    subPath: 'content',
  });
  expect(pod.volumes?.map(({ name }) => name)).toEqual([
    'scratch-0',
    'migration-secrets-0',
    'migration-scratch-0',
  ]);
});

test('everybody in a pod of root can read its secret files, because root may become anybody', () => {
  const env = { TOKEN_FILE: Secret.named('TOKEN').file };
  const mode = (build: Build) =>
    podOf(planOfApp(build, acceptingRoot), 'api').volumes?.find(({ name }) => name === 'secrets-0')?.secret;
  expect(mode(withProps({ env, runsAsRoot: { reason } }))?.defaultMode).toBe(0o444);
  const ofUser: Build = (app) => {
    withProps({ env })(app);
    withProps({ runsAsRoot: { reason } }, 'other')(app);
  };
  expect(mode(ofUser)?.defaultMode).toBe(0o440);
});

test('a cluster that assigns ids runs nothing as root', () => {
  const place = { ...acceptingRoot, userIds: 'assigned' } as const;
  expect(() => planOfApp(withProps({ runsAsRoot: { reason } }), place)).toThrow(
    "shop/api: runsAsRoot is stated, but with userIds 'assigned' the cluster runs no pod as root: write an image " +
      'that can run as any user of group 0, or leave out userIds',
  );
});

test('a program starts as a user or as root, and not as both', () => {
  expect(() => planOfApp(withProps({ runsAsRoot: { reason }, user: { uid: 5, gid: 5 } }))).toThrow(
    'shop/api: user is beside runsAsRoot, but a program starts either as a user or as root: write user without ' +
      'runsAsRoot, or runsAsRoot without user',
  );
});
