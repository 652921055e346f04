import { check, explanation } from '../../../cli/commands/check';
import { targets } from '../../../cli/targets';
import { policiesOf } from '../../../constructs/pipeline/check';
import { IssuesError } from '../../../constructs/issue';
import { projectOf, runIn, stackFile, type InputOf } from '../../support/project';

const stack = (api: string, environments: string) => `
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';
${stackFile({
  options: "owner: { email: 'shop@example.org' }",
  props: `image: 'api:1.0@sha256:${'a'.repeat(64)}', port: 8000, ${api}`,
  environments,
})}`;

const policies = policiesOf(targets);

const env = "env: { KEY: Secret.named('KEY') }";

function checked(api: string, places: string, given: InputOf<typeof check> = {}) {
  return runIn(projectOf({ 'stacks/shop.ts': stack(api, places) }), check, given);
}

test('a finding is one line, and a failure', () => {
  const { stdout, stderr, exitCode, thrown } = checked(env, 'dev: docker({ secrets: envFile() })');
  expect(thrown).toBeUndefined();
  expect(stdout).toMatch(/^shop +dev +docker +\d+ policies kept\n {2}secrets-in-files .*$/);
  expect(stdout.split('\n').slice(1)).toEqual([
    '  secrets-in-files stacks/shop.ts:9:5: shop/api: env.KEY contains the secret KEY: write KEY_FILE: ' +
      "Secret.named('KEY').file, if the program can read a file",
  ]);
  expect(stderr).toBe('1 finding');
  expect(exitCode).toBe(1);
});

test('an exception is told, and is no failure', () => {
  const excused = `${env}, exceptions: { 'secrets-in-files': 'it reads no files' }`;
  const { stdout, stderr, exitCode } = checked(excused, 'dev: docker({ secrets: envFile() })');
  expect(stdout.split('\n').slice(1)).toEqual(['  secrets-in-files shop/api: 1 excused: it reads no files']);
  expect(stderr).toBe('');
  expect(exitCode).toBeUndefined();
});

describe('a plain secret is one finding of one policy, which one exception excuses,', () => {
  const expected =
    "  no-plain-secrets stacks/shop.ts:9:5: shop/api: env.STORE holds a secret as a plain value: write Secret.named('STORE')";
  const value = "'postgres://app:hunter2@db.example.com/app'";
  const override = `[dockerContainer({ reason: 'why', change: (one) => ({ ...one, environment: { STORE: [${value}] } }) })]`;
  const cases: [string, string, string][] = [
    ['of a component', `env: { STORE: ${value} }`, ''],
    ['of an override', '', `overrides: ${override}`],
  ];
  const places = (settings: string) => `dev: docker({ components: { api: { ${settings} } } })`;

  test.each(cases)('%s', (_, props, settings) => {
    const { stdout, stderr } = checked(props, places(settings));
    expect({ lines: stdout.split('\n').slice(1), stderr }).toEqual({
      lines: [expected],
      stderr: '1 finding',
    });
    const excused = `exceptions: { 'no-plain-secrets': 'a sample' }, ${settings}`;
    expect(checked(props, places(excused)).stdout.split('\n').slice(1)).toEqual([
      '  no-plain-secrets shop/api: 1 excused: a sample',
    ]);
  });
});

test('an override of another shape than its type says is told in words', () => {
  const change = '(one) => ({ ...one, spec: { ...one.spec, template: { spec: { containers: 5 } } } })';
  const override = `kubernetesObject('Deployment', { reason: 'why', change: ${change} })`;
  const place = `kubernetes({ namespace: 'shop', components: { api: { overrides: [${override}] } } })`;
  const { thrown } = checked('', `staging: ${place}`);
  expect(thrown).toBeInstanceOf(IssuesError);
  expect(thrown?.message).toBe(
    'shop (staging): components.api.overrides: the override of Deployment sets spec.template.spec.containers to 5: ' +
      'write a list',
  );
});

test('an environment is checked by the policies of its target, and those that are named alone', () => {
  const components = 'components: { api: { expose: nodePort(30080) } }';
  const places = `dev: docker(), staging: kubernetes({ namespace: 'shop', ${components} })`;
  const asked = (environment: string) => checked('', places, { environment }).stdout;
  expect(asked('staging')).toContain(
    '  no-node-port stacks/shop.ts:9:5: shop/api: Service/api-public spec.type is "NodePort": write expose: loadBalancer(…), ' +
      'or use a proxy of the cluster',
  );
  expect(asked('dev')).not.toContain('no-node-port');
  expect(asked('dev').split('\n')).toHaveLength(1);
});

test('an environment without guaranteed resources says why once, for all of its components', () => {
  const burstable = (more: string) =>
    `staging: kubernetes({ namespace: 'shop', qualityOfService: 'burstable', ${more} })`;
  const props = "replicas: 2, health: Health.http('/ready')";
  const found = checked(props, burstable('')).stdout;
  expect(found).toMatch(
    /^ {2}guaranteed-resources stacks\/shop.ts:9:5: shop\/api: Deployment\/api api resources.requests.cpu is "100m": write 500m, or leave out qualityOfService$/m,
  );
  const excused = checked(props, burstable("exceptions: { 'guaranteed-resources': 'to try things out' }"));
  expect(excused).toMatchObject({ stderr: '', exitCode: undefined, thrown: undefined });
  expect(excused.stdout.split('\n').slice(1)).toEqual([
    '  guaranteed-resources shop (staging): 1 excused: to try things out',
  ]);
});

test('an application that cannot be planned tells every issue', () => {
  const { thrown, stdout } = checked('replicas: 0', 'dev: docker()');
  expect(thrown).toBeInstanceOf(IssuesError);
  expect(thrown?.message).toBe('shop/api: replicas is 0: write a whole number from 1 to 1000');
  expect(stdout).toBe('');
});

test('a policy is explained, with its sources', () => {
  const { stdout, exitCode } = checked(env, 'dev: docker({ secrets: envFile() })', {
    explain: 'no-node-port',
  });
  expect(stdout).toBe(
    [
      'no-node-port: No Service is of type NodePort.',
      'A node port is open on every node and bypasses the load balancer and its rules. Its number is also ' +
        'taken in the whole cluster.',
      'Sources:',
      '  kube-score service-type',
      '  kube-linter exposed-services',
      "To allow this in a component or an environment, write: exceptions: { 'no-node-port': 'the reason' }",
    ].join('\n'),
  );
  expect(exitCode).toBeUndefined();
});

test('a policy that nobody has cannot be explained', () => {
  const names = policies.map(({ name }) => name).join(', ');
  expect(() => explanation('nothing', policies)).toThrow(`There is no policy nothing: write one of ${names}`);
});

test('every policy has a name of its own, a rule and a reason', () => {
  expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  for (const { name, rule, why } of policies) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  }
});
