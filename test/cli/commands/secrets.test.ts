import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvFile } from '../../../cli/project/secret-values';
import { secrets } from '../../../cli/commands/secrets';
import {
  filesBelow,
  projectOf,
  runBuilt,
  runIn,
  stackFile,
  withLibrary,
  writeFiles,
  type InputOf,
  type Outcome,
} from '../../support/project';

const props =
  "image: 'api:1.0', port: 8000, env: { TOKEN: Secret.random('TOKEN'), ...Secret.variables('API_KEY') }";
const environments =
  "dev: docker({ secrets: envFile('secrets/dev.env') }), live: kubernetes({ namespace: 'shop', secrets: existingSecret('vault') })";

function shop(): string {
  return projectOf({
    'stacks/shop/index.ts': stackFile({ props, environments }),
    'stacks/shop/secrets/readme': '',
  });
}

function secretsIn(project: string, given: InputOf<typeof secrets> = {}): Outcome {
  return runIn(project, secrets, { application: 'shop', environment: 'dev', ...given });
}

/** Who can see a variable on each target. */
const onEngine =
  'A secret in a variable shows in docker inspect, and in the environment of the processes that get it. ' +
  'A secret in a file does not, unless the program itself puts it into a variable';
const inCluster =
  'A secret in a variable shows in the environment of the processes that get it. A secret in a file does not, ' +
  'unless the program itself puts it into a variable. No object except the Secret contains a value';

const fileOf = (project: string) => join(project, 'stacks/shop/secrets/dev.env');

test('secrets are listed with their file, and missing ones fail', () => {
  const project = shop();
  writeFiles(project, { 'stacks/shop/secrets/dev.env': 'TOKEN=abc\n' });
  expect(secretsIn(project)).toEqual({
    stdout: [
      'secret   state    read by         from',
      'API_KEY  missing  api (variable)  the file stacks/shop/secrets/dev.env',
      'TOKEN    present  api (variable)  the file stacks/shop/secrets/dev.env',
      'To supply, because they cannot be generated: API_KEY',
      onEngine,
      'docker compose up and pulumi up restart every component that reads a changed secret',
    ].join('\n'),
    stderr: '',
    exitCode: 1,
    thrown: undefined,
  });
  expect(filesBelow(project)['stacks/shop/secrets/dev.env']).toBe('TOKEN=abc\n');
});

test('a variable, which more can see, is told from a file', () => {
  const both =
    "env: { KEY_FILE: Secret.named('API_KEY').file, API_KEY: Secret.named('API_KEY'), TOKEN_FILE: Secret.named('TOKEN').file }";
  const project = projectOf({
    'stacks/shop/index.ts': stackFile({ props: `image: 'api:1.0', port: 8000, ${both}`, environments }),
  });
  expect(secretsIn(project).stdout.split('\n').slice(1, 3)).toEqual([
    'API_KEY  missing  api (variable and file)  the file stacks/shop/secrets/dev.env',
    'TOKEN    missing  api (file)               the file stacks/shop/secrets/dev.env',
  ]);
});

test('secrets that are all there do not fail', () => {
  const project = shop();
  writeFiles(project, { 'stacks/shop/secrets/dev.env': 'TOKEN=abc\nAPI_KEY="d e"\n' });
  expect(secretsIn(project)).toMatchObject({ exitCode: undefined, stderr: '' });
});

test('no value is ever printed', () => {
  const project = shop();
  writeFiles(project, { 'stacks/shop/secrets/dev.env': 'API_KEY=planted-1\n' });
  secretsIn(project, { init: true });
  const values = Object.values(readEnvFile(fileOf(project)));
  const { stdout } = secretsIn(project);
  expect(values).toHaveLength(2);
  expect(values.filter((value) => stdout.includes(String(value)))).toEqual([]);
});

test('--init generates what any text will do for, into a file that only its owner reads', () => {
  const project = shop();
  const { stdout, exitCode } = secretsIn(project, { init: true });
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').slice(1, 4)).toEqual([
    'API_KEY  missing    api (variable)  the file stacks/shop/secrets/dev.env',
    'TOKEN    generated  api (variable)  the file stacks/shop/secrets/dev.env',
    'To supply, because they cannot be generated: API_KEY',
  ]);
  expect(filesBelow(project)['stacks/shop/secrets/dev.env']).toMatch(/^TOKEN=[0-9a-f]{48}\n$/);
  expect(statSync(fileOf(project)).mode & 0o777).toBe(0o600);
});

test('--init keeps the values that are there, and generates different ones', () => {
  const project = shop();
  writeFiles(project, { 'stacks/shop/secrets/dev.env': '# mine\nAPI_KEY=abc' });
  expect(secretsIn(project, { init: true }).exitCode).toBeUndefined();
  const first = filesBelow(project)['stacks/shop/secrets/dev.env'];
  expect(first).toMatch(/^# mine\nAPI_KEY=abc\nTOKEN=[0-9a-f]{48}\n$/);
  secretsIn(project, { init: true });
  expect(filesBelow(project)['stacks/shop/secrets/dev.env']).toBe(first);
  const other = shop();
  secretsIn(other, { init: true });
  expect(readEnvFile(fileOf(other))['TOKEN']).not.toBe(readEnvFile(fileOf(project))['TOKEN']);
});

test('what --init would generate is told where it is missing', () => {
  expect(secretsIn(shop()).stdout.split('\n').slice(3, 5)).toEqual([
    'To generate, with --init: TOKEN',
    'To supply, because they cannot be generated: API_KEY',
  ]);
});

test('--init leaves the mode of a file that is there', () => {
  const project = shop();
  writeFiles(project, { 'stacks/shop/secrets/dev.env': '' });
  chmodSync(fileOf(project), 0o640);
  secretsIn(project, { init: true });
  expect(statSync(fileOf(project)).mode & 0o777).toBe(0o640);
});

test('secrets that somebody else keeps are listed with their place', () => {
  const { stdout, exitCode } = secretsIn(shop(), { environment: 'live' });
  expect(stdout.split('\n')).toEqual([
    'secret   state    read by                    from',
    'API_KEY  unknown  deployment/api (variable)  the Kubernetes Secret vault',
    'TOKEN    unknown  deployment/api (variable)  the Kubernetes Secret vault',
    inCluster,
    'Show which values the Secret has: kubectl --namespace shop describe secret vault',
    'After a change, restart the readers of the secret, as named above: kubectl --namespace shop rollout restart <names>',
  ]);
  expect(exitCode).toBeUndefined();
});

test('--init is refused where the source cannot hold a generated value', () => {
  const project = shop();
  expect(secretsIn(project, { environment: 'live', init: true }).thrown?.message).toBe(
    'shop (live): --init can only write into a file of envFile(), but secrets is "existing-secret": remove --init',
  );
  expect(Object.keys(filesBelow(project))).toEqual(['stacks/shop/index.ts', 'stacks/shop/secrets/readme']);
});

test('application and environment have to be named', () => {
  const project = shop();
  const write = 'write catamaran secrets <application> --environment <name>';
  expect(secretsIn(project, { application: undefined }).thrown?.message).toBe(
    `catamaran secrets: application is missing: ${write}`,
  );
  expect(secretsIn(project, { environment: undefined }).thrown?.message).toBe(
    `catamaran secrets: environment is missing: ${write}`,
  );
});

describe('each source is told', () => {
  const sourceFile = (place: string) => stackFile({ props, environments: `live: ${place}` });
  const told = (place: string, files: Readonly<Record<string, string>> = {}): Outcome =>
    secretsIn(projectOf({ 'stacks/shop/index.ts': sourceFile(place), ...files }), { environment: 'live' });
  const cluster = (source: string) => `kubernetes({ namespace: 'shop', secrets: ${source} })`;
  const create = 'kubectl --namespace shop create secret generic shop-secrets --dry-run=client --output yaml';
  const restart =
    'After a change, restart the readers of the secret, as named above: kubectl --namespace shop rollout restart <names>';

  test('an external store', () => {
    const { stdout, exitCode } = told(cluster("externalSecrets({ store: 'vault', key: 'shop/live' })"));
    expect(stdout.split('\n')).toEqual([
      'secret   state    read by                    from',
      'API_KEY  unknown  deployment/api (variable)  API_KEY of shop/live in the ClusterSecretStore vault',
      'TOKEN    unknown  deployment/api (variable)  TOKEN of shop/live in the ClusterSecretStore vault',
      inCluster,
      'Show whether the values were found: kubectl --namespace shop describe externalsecret shop-secrets',
      restart,
    ]);
    expect(exitCode).toBeUndefined();
    const each = told(cluster("externalSecrets({ store: 'aws', kind: 'SecretStore', prefix: 'shop/' })"));
    expect(each.stdout).toContain('deployment/api (variable)  shop/TOKEN in the SecretStore aws\n');
  });

  test('sealed secrets, and how to seal', () => {
    const sealed =
      'kind: SealedSecret\nmetadata: { name: shop-secrets, namespace: shop }\nspec: { encryptedData: { TOKEN: AgA1 } }';
    const { stdout, exitCode } = told(cluster("sealedSecrets({ file: 'sealed.yaml' })"), {
      'stacks/shop/sealed.yaml': sealed,
    });
    const seal = `${create} --from-file=NAME=/dev/stdin | kubeseal --format yaml`;
    expect(stdout.split('\n')).toEqual([
      'secret   state    read by                    from',
      'API_KEY  missing  deployment/api (variable)  the encrypted file stacks/shop/sealed.yaml',
      'TOKEN    present  deployment/api (variable)  the encrypted file stacks/shop/sealed.yaml',
      'To supply, because they cannot be generated: API_KEY',
      inCluster,
      `Encrypt the first secret: ${seal} > stacks/shop/sealed.yaml`,
      `Add or change a secret: ${seal} --merge-into stacks/shop/sealed.yaml`,
    ]);
    expect(exitCode).toBe(1);
  });

  test('SOPS for Docker, where nothing is there yet', () => {
    const { stdout, exitCode } = told("docker({ secrets: sops({ file: 'secrets.env' }) })");
    expect(stdout.split('\n')).toEqual([
      'secret   state    read by         from',
      'API_KEY  missing  api (variable)  the encrypted file stacks/shop/secrets.env',
      'TOKEN    missing  api (variable)  the encrypted file stacks/shop/secrets.env',
      'To generate, with openssl rand -hex 24: TOKEN',
      'To supply, because they cannot be generated: API_KEY',
      onEngine,
      'Edit the secrets: sops edit stacks/shop/secrets.env',
      "Start with the decrypted secrets: sops exec-env stacks/shop/secrets.env 'docker compose -f dist/shop/live/compose.yaml up --detach'",
      'docker compose up and pulumi up restart every component that reads a changed secret',
    ]);
    expect(exitCode).toBe(1);
  });

  test('SOPS for Kubernetes, with and without Flux', () => {
    const lines = told(cluster("sops({ file: 'secrets.json' })")).stdout.split('\n');
    expect(lines.slice(-3)).toEqual([
      `Encrypt the first secret: ${create} --from-file=NAME=/dev/stdin | sops --encrypt --encrypted-regex '^(data|stringData)$' ` +
        '--input-type yaml --output-type json /dev/stdin > stacks/shop/secrets.json',
      'Edit the secrets: sops edit stacks/shop/secrets.json',
      'Apply the Secret without Flux: sops --decrypt dist/shop/live/00-secrets.yaml | kubectl apply --filename -',
    ]);
  });

  test('what pulumi up makes, and what its configuration has', () => {
    const { stdout, exitCode } = told(cluster('generated({ others: pulumiConfig() })'), {
      'Pulumi.shop-live.yaml': 'config:\n  secrets:API_KEY:\n    secure: v1:abc\n',
    });
    expect(stdout.split('\n')).toEqual([
      'secret   state              read by                    from',
      'API_KEY  present            deployment/api (variable)  Pulumi, with pulumi config set --secret secrets:API_KEY --stack shop-live',
      'TOKEN    made by pulumi up  deployment/api (variable)  the state of the Pulumi stack shop-live',
      inCluster,
      "Generate a secret again: pulumi up --replace '**::NAME'",
      'pulumi up restarts every component that reads a changed secret',
    ]);
    expect(exitCode).toBeUndefined();
  });

  test('the configuration of a stack lacks what it does not have, and is unknown where there is no file', () => {
    const there = told(cluster('pulumiConfig()'), { 'Pulumi.shop-live.yaml': 'encryptionsalt: v1:abc\n' });
    expect([there.stdout.match(/missing/g)?.length, there.exitCode]).toEqual([2, 1]);
    const nowhere = told(cluster('pulumiConfig()'));
    expect([nowhere.stdout.match(/unknown/g)?.length, nowhere.exitCode]).toEqual([2, undefined]);
  });

  test('a file that is brought to a cluster', () => {
    const { stdout } = told(cluster('envFile()'), { 'stacks/shop/.env': 'API_KEY=a\nTOKEN=b\n' });
    expect(stdout.split('\n').slice(-2)).toEqual([
      `Create or update the Secret: ${create} --from-env-file=stacks/shop/.env | kubectl apply --filename -`,
      restart,
    ]);
  });
});

describe('a file that kubectl cannot read as it is', () => {
  const cluster = "kubernetes({ namespace: 'shop', secrets: envFile() })";
  const inFile = (text: string, given: InputOf<typeof secrets> = {}, place = cluster): Outcome => {
    const project = projectOf({
      'stacks/shop/index.ts': stackFile({ props, environments: `dev: ${place}` }),
      'stacks/shop/.env': text,
    });
    return secretsIn(project, given);
  };
  const quoted = 'API_KEY="a b"\nexport TOKEN=\'$x\n#\'\n';

  test('is brought to the cluster by a command that reads it', () => {
    const { stdout, exitCode } = inFile(quoted);
    expect(exitCode).toBeUndefined();
    expect(stdout.split('\n').at(-2)).toBe(
      'Create or update the Secret: npx catamaran secrets shop --environment dev --manifest | kubectl apply --filename -',
    );
  });

  test('becomes a Secret with the values', () => {
    expect(inFile(quoted, { manifest: true }).stdout.split('\n')).toEqual([
      'apiVersion: v1',
      'kind: Secret',
      'metadata:',
      '  name: shop-secrets',
      '  namespace: shop',
      'type: Opaque',
      'data:',
      `  API_KEY: ${Buffer.from('a b').toString('base64')}`,
      `  TOKEN: ${Buffer.from('$x\n#').toString('base64')}`,
    ]);
  });

  test('becomes no Secret while a value is empty', () => {
    const { stdout, thrown } = inFile('API_KEY=\nTOKEN=b\n', { manifest: true });
    expect([stdout, thrown?.message]).toEqual([
      '',
      expect.stringMatching(
        /^shop \(dev\): secret API_KEY is missing: write it into the file .*stacks\/shop\/\.env$/,
      ),
    ]);
  });

  test('becomes no Secret on Docker, which has none', () => {
    expect(inFile(quoted, { manifest: true }, 'docker({ secrets: envFile() })').thrown?.message).toBe(
      'shop (dev): --manifest is only for secrets from envFile() on Kubernetes: remove --manifest',
    );
  });

  test('is refused where programs differ, and nothing is listed', () => {
    const { stdout, thrown } = inFile('API_KEY=planted # mine\nTOKEN=b\n');
    expect(stdout).toBe('');
    expect(thrown?.message).toMatch(
      /stacks\/shop\/\.env:1: API_KEY has a # outside of quotes, which starts a comment for some programs: write the value in single quotes, such as NAME='a\$b#c'$/,
    );
  });
});

test('an empty value is missing, and --init fills it in where it is', () => {
  const project = shop();
  writeFiles(project, { 'stacks/shop/secrets/dev.env': 'TOKEN=\nAPI_KEY=""\n' });
  chmodSync(fileOf(project), 0o640);
  expect(secretsIn(project).stdout.match(/ missing /g)).toHaveLength(2);
  expect(secretsIn(project, { init: true }).exitCode).toBe(1);
  expect(filesBelow(project)['stacks/shop/secrets/dev.env']).toMatch(/^TOKEN=[0-9a-f]{48}\nAPI_KEY=""\n$/);
  expect(statSync(fileOf(project)).mode & 0o777).toBe(0o640);
});

test('a service whose visitors stay at one replica is restarted as the StatefulSet that it is', () => {
  const project = projectOf({
    'stacks/shop/index.ts': stackFile({
      components: `const api = new Backend(this, 'api', { image: 'api:1.0', port: 8000, replicas: 2, env: Secret.variables('KEY') });
    new ReverseProxy(this, 'proxy', { routes: [Route.path('/', api, { sticky: { cookie: 'visitor' } })], publish: 8080 });`,
      environments: "dev: kubernetes({ namespace: 'shop', secrets: existingSecret('vault') })",
    }),
  });
  expect(secretsIn(project).stdout).toContain('KEY     unknown  statefulset/api (variable)');
});

test('the file of secrets is read once, whatever the number of secrets', () => {
  const project = withLibrary({
    'stacks/shop/index.ts': stackFile({ props, environments }),
    'stacks/shop/secrets/readme': '',
  });
  // A pipe gives its content to the first reader. A second reader would wait for ever.
  execFileSync('mkfifo', [fileOf(project)], { stdio: 'pipe' });
  const writer = spawn('sh', ['-c', 'printf "TOKEN=abc\\nAPI_KEY=d\\n" > "$0"', fileOf(project)]);
  const { signal, status } = runBuilt(project, ['secrets', 'shop', '--environment', 'dev'], {
    timeout: 20_000,
  });
  writer.kill();
  expect([signal, status]).toEqual([null, 0]);
});
