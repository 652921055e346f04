import { docker, envFile, type BackendProps } from 'catamaran';
import { dockerContainer, type Container } from 'catamaran/docker';
import { kubernetesPolicies } from '../../../charts/policy';
import { dockerPolicies } from '../../../docker/policy';
import { highUserIds } from '../../../charts/policy/high-user-ids';
import { noPrivileges } from '../../../charts/policy/no-privileges';
import { readOnlyRootOfPods } from '../../../charts/policy/read-only-root';
import { onKubernetes, planOfApp, withProps } from '../../support/application';
import { dockerPlan, kubernetesPlan } from '../../support/written';

const scratch = [
  { path: '/etc/app', size: { bytes: 1024 ** 2 }, medium: 'disk', content: 'image' },
] as unknown as NonNullable<BackendProps['scratch']>;
const stated = withProps({
  port: 53,
  publish: 53,
  root: 'writable',
  scratch,
  runsAsRoot: { reason: 'why' },
  capabilities: ['NET_BIND_SERVICE'],
});

test('what a component states breaks no policy of Docker', () => {
  const plan = dockerPlan(planOfApp(stated));
  expect(dockerPolicies.flatMap((policy) => policy.check(plan)).map(({ field }) => field)).toEqual([]);
});

test('what a component states breaks no policy on the rights of pods', () => {
  const plan = kubernetesPlan(planOfApp(stated, { ...onKubernetes, accept: ['privilege'] }));
  const names = ['high-user-ids', 'no-privileges', 'read-only-root', 'no-host-access', 'runtime-seccomp'];
  const policies = kubernetesPolicies.filter(({ name }) => names.includes(name));
  expect(policies.map(({ name }) => name)).toEqual(
    [...names].sort((left, right) => left.localeCompare(right)),
  );
  expect(policies.flatMap((policy) => policy.check(plan))).toEqual([]);
});

test('the same in an override is found on Docker, and so is more than what is stated', () => {
  const change = (container: Container): Container => ({
    ...container,
    readOnly: false,
    user: { uid: 0, gid: 0 },
    capabilities: ['NET_BIND_SERVICE', 'SETUID'],
  });
  const overrides = [dockerContainer({ reason: 'a test', change })];
  const place = docker({ secrets: envFile(), components: { api: { overrides } } });
  const plan = dockerPlan(planOfApp(withProps({ capabilities: ['NET_BIND_SERVICE'] }), place));
  const found = dockerPolicies.flatMap((policy) =>
    policy.check(plan).map(({ field }) => [policy.name, field]),
  );
  expect(found).toEqual([
    ['no-capabilities', 'capabilities'],
    ['not-root', 'user'],
    ['read-only-root', 'readOnly'],
  ]);
});

test('the rights of one component are not those of another', () => {
  const planned = planOfApp(
    (app) => {
      stated(app);
      withProps({}, 'other')(app);
    },
    { ...onKubernetes, accept: ['privilege'] },
  );
  const plan = kubernetesPlan(planned);
  const swapped = { ...plan, stated: { ...plan.stated, api: plan.stated['other'] ?? {} } } as typeof plan;
  const broken = [highUserIds, noPrivileges, readOnlyRootOfPods].flatMap((policy) =>
    policy.check(swapped).map(({ object, field }) => `${object} ${field}`),
  );
  const context = 'Deployment/api api securityContext';
  expect(broken).toContain(`${context}.runAsNonRoot`);
  expect(broken).toContain(`${context}.capabilities.add`);
  expect(broken).toContain(`${context}.readOnlyRootFilesystem`);
});

test('a program may be published at the low port that it listens on itself, and at no other', () => {
  const found = (port: number, publish: number) => {
    const plan = dockerPlan(planOfApp(withProps({ port, publish })));
    return dockerPolicies.flatMap((policy) => policy.check(plan)).map(({ field, got }) => [field, got]);
  };
  expect(found(53, 53)).toEqual([]);
  expect(found(8000, 22)).toEqual([['publish', 22]]);
  expect(found(53, 54)).toEqual([['publish', 54]]);
});
