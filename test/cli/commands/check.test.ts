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

test('a finding names its cause, its component and the line, and is a failure', () => {
  const { stdout, stderr, exitCode, thrown } = checked(env, 'dev: docker({ secrets: envFile() })');
  expect(thrown).toBeUndefined();
  expect(stdout).toMatch(/^shop +dev +docker +\d+ policies kept\n/);
  expect(stdout.split('\n').slice(1)).toEqual([
    '',
    'secrets-in-files: env.KEY contains the secret KEY: write KEY_FILE: ' +
      "Secret.named('KEY').file, if the program can read a file",
    '  shop (dev): api (stacks/shop.ts:9:5)',
  ]);
  expect(stderr).toBe('1 finding');
  expect(exitCode).toBe(1);
});

test('an exception is told, and is no failure', () => {
  const excused = `${env}, exceptions: { 'secrets-in-files': 'it reads no files' }`;
  const { stdout, stderr, exitCode } = checked(excused, 'dev: docker({ secrets: envFile() })');
  expect(stdout.split('\n').slice(1)).toEqual([
    '',
    'Excused:',
    'secrets-in-files: it reads no files',
    '  shop (dev): api',
  ]);
  expect(stderr).toBe('');
  expect(exitCode).toBeUndefined();
});

describe('a plain secret is one finding of one policy, which one exception excuses,', () => {
  const expected = [
    '',
    "no-plain-secrets: env.STORE holds a secret as a plain value: write Secret.named('STORE')",
    '  shop (dev): api (stacks/shop.ts:9:5)',
  ];
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
      lines: expected,
      stderr: '1 finding',
    });
    const excused = `exceptions: { 'no-plain-secrets': 'a sample' }, ${settings}`;
    expect(checked(props, places(excused)).stdout.split('\n').slice(1)).toEqual([
      '',
      'Excused:',
      'no-plain-secrets: a sample',
      '  shop (dev): api',
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
    'no-node-port: spec.type is "NodePort": write expose: loadBalancer(…), or use a proxy of the cluster\n' +
      '  shop (staging): api (stacks/shop.ts:9:5)',
  );
  expect(asked('dev')).not.toContain('no-node-port');
  expect(asked('dev').split('\n')).toHaveLength(1);
});

describe('of a cluster,', () => {
  const props = "health: Health.http('/ready')";
  const place = (name: string, more = '') => `${name}: kubernetes({ namespace: 'shop', ${more} })`;
  const lines = (...given: Parameters<typeof checked>) =>
    checked(...given)
      .stdout.split('\n')
      .slice(2);

  test('what could be better is advice, and no failure', () => {
    const advised = checked(`${props}, replicas: 2`, place('staging'));
    expect(advised).toMatchObject({ stderr: '', exitCode: undefined, thrown: undefined });
    expect(advised.stdout.split('\n').slice(1)).toEqual([
      '',
      'Advice:',
      "guaranteed-resources: requests less cpu than its limit: write qualityOfService: 'guaranteed' in the environment, if the difference must be reserved",
      '  shop (staging): api',
    ]);
    expect(lines(`${props}, replicas: 2`, place('staging', "qualityOfService: 'guaranteed'"))).toEqual([]);
  });

  test('a URL with a password is advice, and another secret in a variable a finding', () => {
    const secrets = "env: { STORE_URL: Secret.named('STORE_URL'), TOKEN: Secret.named('TOKEN') }";
    const guaranteed = "qualityOfService: 'guaranteed', secrets: existingSecret('shop')";
    expect(lines(`${props}, replicas: 2, ${secrets}`, place('staging', guaranteed))).toEqual([
      "secrets-in-files: env.TOKEN contains the secret TOKEN: write TOKEN_FILE: Secret.named('TOKEN').file, if the program can read a file",
      '  shop (staging): api (stacks/shop.ts:9:5)',
      '',
      'Advice:',
      "secrets-in-files: env.STORE_URL contains the secret STORE_URL: write STORE_URL_FILE: Secret.named('STORE_URL').file, if the program can read a file",
      '  shop (staging): api',
    ]);
  });

  test('an environment for development is not asked for replicas and pinned images', () => {
    const unpinned = `${props}, image: 'api:1.0'`;
    const guaranteed = "qualityOfService: 'guaranteed'";
    const asked = [
      'pinned-images: image is "api:1.0": write the image with its tag and digest: catamaran images --pin adds the digest',
      '  shop (staging): api (stacks/shop.ts:9:5)',
      'several-replicas: spec.replicas is 1: write 2 or more',
      '  shop (staging): api (stacks/shop.ts:9:5)',
    ];
    expect(lines(unpinned, place('staging', guaranteed))).toEqual(asked);
    for (const name of ['dev', 'local', 'development', 'dev-anna'])
      expect([name, lines(unpinned, place(`'${name}'`, guaranteed))]).toEqual([name, []]);
    expect(lines(unpinned, place('staging', `${guaranteed}, purpose: 'development'`))).toEqual([]);
    expect(lines(unpinned, place('dev', `${guaranteed}, purpose: 'production'`))).toEqual(
      asked.map((line) => line.replace('staging', 'dev')),
    );
  });
});

test('one cause is told once, with all its components and environments', () => {
  const places = `a: docker({ secrets: envFile() }), b: docker({ secrets: envFile(), components: { api: { expose: hostPort(8081) } } })`;
  const second = `} ); new Worker(this, 'mailer', { image: 'mailer:1.0', ${env}, health: Health.command(['true'])`;
  const { stdout, stderr } = checked(`${env}, health: Health.http('/ready') ${second}`, places);
  expect({ stdout: stdout.split('\n').slice(3), stderr }).toEqual({
    stdout: [
      "secrets-in-files: env.KEY contains the secret KEY: write KEY_FILE: Secret.named('KEY').file, if the program can read a file",
      '  shop (a, b): api (stacks/shop.ts:9:5), mailer (stacks/shop.ts:9:204)',
    ],
    stderr: '1 finding',
  });
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

test('the explanation of a policy says where it does not apply', () => {
  expect(explanation('several-replicas', policies).split('\n').slice(1, 3)).toEqual([
    'If the only replica fails, or its node is drained, nothing answers requests.',
    'It does not apply to environments for development.',
  ]);
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
