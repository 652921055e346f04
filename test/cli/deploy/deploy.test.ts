import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { IssuesError } from 'catamaran';
import { deploy, type Surroundings } from '../../../cli/deploy/deploy';
import { targets } from '../../../cli/targets';
import { runProgram } from '../../../constructs/target/runner';
import { projectOf, stackFile, writeFiles } from '../../support/project';
import { allIsWell, fakeRunner } from '../../support/runner';
import { registeredBy, type Registered } from '../../support/pulumi';

const props = "image: 'api:1.0', port: 8000, env: Secret.variables('TOKEN', 'API_KEY')";
const environments = `
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({ namespace: 'shop-staging', secrets: { kind: 'pulumi-config' } }),
  live: kubernetes({ namespace: 'shop', secrets: existingSecret('vault') })`;
const cwd = process.cwd();
const tools: Surroundings = { command: 'up', run: allIsWell, targets };

const logged: string[] = [];

beforeEach(() => {
  logged.length = 0;
  jest.spyOn(console, 'log').mockImplementation((...texts: readonly unknown[]) => {
    logged.push(texts.join(' '));
  });
});

afterEach(() => {
  process.chdir(cwd);
  jest.restoreAllMocks();
});

function shop(env?: string): string {
  const project = projectOf({ 'stacks/shop/index.ts': stackFile({ props, environments }) });
  if (env !== undefined) writeFiles(project, { 'stacks/shop/.env': env });
  return project;
}

function deployed(
  stack: string,
  project: string,
  config: Record<string, string> = {},
  surroundings: Surroundings = tools,
): Promise<Registered[]> {
  return registeredBy(() => deploy(stack, project, surroundings), { config });
}

/** What is said of a stack that is not deployed, and what was registered. */
async function refusal(stack: string, project: string, surroundings: Surroundings = tools) {
  let message = 'deployed';
  const resources = await registeredBy(async () => {
    await deploy(stack, project, surroundings).catch((error: unknown) => {
      message = error instanceof IssuesError ? error.message : String(error);
    });
  });
  return { message, resources };
}

test('a stack deploys the application and environment that it is named after', async () => {
  const resources = await deployed('shop-dev', shop('TOKEN=abc\nAPI_KEY=def\n'));
  const api = resources.find(({ name }) => name === 'shop-dev-api-1');
  expect(api?.inputs).toMatchObject({ envs: ['API_KEY=def', 'TOKEN=abc'], image: 'api:1.0' });
  expect(api?.secret).toBe(true);
  expect(resources.filter(({ type }) => type.startsWith('kubernetes:'))).toEqual([]);
  expect(logged[0]).toBe(
    'info: [runtime] scratch (api): Scratch folders are in memory, and count towards the memory limit of ' +
      'the container',
  );
});

test('secrets come from the configuration of the stack where the environment says so', async () => {
  const resources = await deployed('shop-staging', shop(), {
    'secrets:TOKEN': 'abc',
    'secrets:API_KEY': 'def',
  });
  const secret = resources.find(({ type }) => type === 'kubernetes:core/v1:Secret');
  expect(secret).toMatchObject({ inputs: { stringData: { API_KEY: 'def', TOKEN: 'abc' } }, secret: true });
});

test('secrets that somebody else keeps are not asked for', async () => {
  const resources = await deployed('shop-live', shop());
  expect(resources.map(({ type }) => type)).toContain('kubernetes:apps/v1:Deployment');
  expect(resources.filter(({ secret }) => secret)).toEqual([]);
});

test.each([
  ['argo-cd', "argoCd({ repository: 'git@example.com:raft/gitops.git' })"],
  ['flux', "flux({ sourceRef: { name: 'gitops' } })"],
])('an environment that %s deploys is refused', async (kind, gitops) => {
  const file = stackFile({ environments: `live: kubernetes({ namespace: 'shop', gitops: ${gitops} })` });
  const project = projectOf({
    'stacks/shop/index.ts': file.replace('Application,', 'argoCd, flux, Application,'),
  });
  const { message, resources } = await refusal('shop-live', project);
  expect(message).toBe(
    `shop (live): gitops is "${kind}": write no gitops in an environment that Pulumi deploys; here, commit ` +
      'what catamaran synth writes',
  );
  expect(resources).toEqual([]);
});

test('a stack of no application is told which there are', async () => {
  expect((await refusal('shop-production', shop())).message).toBe(
    'pulumi: stack is "shop-production": write one of shop-dev, shop-staging, shop-live',
  );
});

test('all secrets that are missing are told at once, before anything is deployed', async () => {
  const project = shop('OTHER=1\n');
  const { message, resources } = await refusal('shop-dev', project);
  expect(resources).toEqual([]);
  expect(message.split('\n')).toEqual([
    `shop (dev): secret API_KEY is missing: write it into the file ${project}/stacks/shop/.env`,
    `shop (dev): secret TOKEN is missing: write it into the file ${project}/stacks/shop/.env`,
  ]);
});

describe.each([
  ['destroy', []],
  ['refresh', ['get']],
] as const)('%s, which makes nothing', (command, verbs) => {
  const names = (resources: readonly Registered[]) => resources.map(({ name }) => name).sort();
  const { run, calls } = fakeRunner(() => ({ code: 1, stderr: 'namespaces "shop-staging" not found' }));

  test.each(['shop-dev', 'shop-staging', 'shop-live'])(
    'registers %s without its secrets, and waits for nothing',
    async (stack) => {
      jest.spyOn(console, 'warn').mockReturnValue();
      const values = { 'secrets:TOKEN': 'abc', 'secrets:API_KEY': 'def' };
      const before = await deployed(stack, shop('TOKEN=abc\nAPI_KEY=def\n'), values);
      const earlier = calls.length;
      const surroundings = { command, run, targets };
      expect(names(await deployed(stack, shop(), {}, surroundings))).toEqual(names(before));
      const asked = calls.slice(earlier).map((call) => call.split(' ')[3]);
      expect(asked).toEqual(stack === 'shop-dev' ? [] : verbs);
    },
  );
});

test('the missing secret of a stack is told with the command that sets it', async () => {
  const { message } = await refusal('shop-staging', shop());
  expect(message.split('\n')[0]).toBe(
    'shop (staging): secret API_KEY is missing: write it into Pulumi, with pulumi config set --secret ' +
      'secrets:API_KEY --stack shop-staging',
  );
});

test('a secret that would break the URL that it is a part of is refused, and not told', async () => {
  const database = stackFile({
    components: `const database = new PostgresDatabase(this, 'database');
    new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });`,
    environments: 'dev: docker({ secrets: envFile() })',
  });
  const project = projectOf({
    'stacks/shop/index.ts': database,
    'stacks/shop/.env': 'DATABASE_PASSWORD=plant/ed@\n',
  });
  const { message } = await refusal('shop-dev', project);
  expect(message).toBe(
    'shop (dev): secret DATABASE_PASSWORD becomes a part of a URL, but is empty or contains characters that need ' +
      'escaping there: write a value with only letters, digits and - . _ ~',
  );
});

describe('generated secrets', () => {
  const props =
    "image: 'api:1.0', port: 8000, env: { TOKEN: Secret.random('TOKEN'), ...Secret.variables('API_KEY') }";
  const generated = (environments: string) =>
    projectOf({
      'stacks/shop/index.ts': stackFile({ props, environments }),
      'stacks/shop/.env': 'API_KEY=abc\n',
    });

  test('are made by a resource of the stack; what nobody can make up is from elsewhere', async () => {
    const resources = await deployed(
      'shop-dev',
      generated('dev: docker({ secrets: generated({ others: envFile() }) })'),
    );
    const random = resources.filter(({ type }) => type === 'pulumi-nodejs:dynamic:Resource');
    expect(random.map(({ name, secretOutputs }) => [name, secretOutputs]).sort()).toEqual([
      ['TOKEN', ['value']],
      ['secrets-key', ['value']],
    ]);
    const api = resources.find(({ name }) => name === 'shop-dev-api-1');
    expect(api?.inputs['envs']).toEqual(['API_KEY=abc', 'TOKEN=random-TOKEN']);
    expect(api?.secret).toBe(true);
  });

  test('cannot be what nobody can make up', async () => {
    const project = generated('dev: docker({ secrets: generated() })');
    expect((await refusal('shop-dev', project)).message).toBe(
      'shop (dev): secrets is generated(), which makes only random secrets, and not API_KEY: write ' +
        'generated({ others: pulumiConfig() }), or another source',
    );
  });

  test('are not asked for where others are missing', async () => {
    const project = generated('dev: docker({ secrets: generated({ others: envFile() }) })');
    writeFiles(project, { 'stacks/shop/.env': '' });
    expect((await refusal('shop-dev', project)).message).toBe(
      `shop (dev): secret API_KEY is missing: write it into the file ${project}/stacks/shop/.env`,
    );
  });
});

describe('what SOPS has encrypted', () => {
  const { PATH } = process.env;
  afterEach(() => {
    process.env['PATH'] = PATH;
  });
  /** Runs the program in the place of sops, and no other. */
  const beside: Surroundings = {
    ...tools,
    run: (program, ...rest) => (program === 'sops' ? runProgram : allIsWell)(program, ...rest),
  };
  const encrypted = 'API_KEY=ENC[a]\nTOKEN=ENC[b]\nsops_version=3.9.4\n';
  const manifest =
    'apiVersion: v1\nkind: Secret\nmetadata: { name: shop-secrets, namespace: shop }\n' +
    "stringData: { TOKEN: 'ENC[a]' }\ndata: { API_KEY: 'ENC[b]' }\nsops: {}\n";
  /** A project with a program that answers in the place of sops. */
  function withSops(script: string): string {
    const project = projectOf({
      'stacks/shop/index.ts': stackFile({
        props,
        environments:
          "dev: docker({ secrets: { kind: 'sops', file: 'secrets.env' } }), " +
          "live: kubernetes({ namespace: 'shop', secrets: { kind: 'sops', file: 'secrets.yaml' } })",
      }),
      'stacks/shop/secrets.env': encrypted,
      'stacks/shop/secrets.yaml': manifest,
      'bin/sops': `#!/bin/sh\n${script}\n`,
    });
    chmodSync(join(project, 'bin/sops'), 0o755);
    process.env['PATH'] = `${join(project, 'bin')}:${PATH ?? ''}`;
    return project;
  }

  test('is decrypted to deploy to Docker', async () => {
    const answer = '{"TOKEN":"abc","API_KEY":"def"}';
    const project = withSops(
      `[ "$*" = "--decrypt --output-type json $PWD/stacks/shop/secrets.env" ] && echo '${answer}'`,
    );
    const api = (await deployed('shop-dev', project, {}, beside)).find(
      ({ name }) => name === 'shop-dev-api-1',
    );
    expect(api).toMatchObject({ inputs: { envs: ['API_KEY=def', 'TOKEN=abc'] }, secret: true });
  });

  test('is decrypted to deploy to Kubernetes, and its Secret is the one of Pulumi', async () => {
    const answer = '{"kind":"Secret","stringData":{"TOKEN":"abc"},"data":{"API_KEY":"ZGVm"}}';
    const resources = await deployed('shop-live', withSops(`echo '${answer}'`), {}, beside);
    const secrets = resources.filter(({ type }) => type === 'kubernetes:core/v1:Secret');
    expect(secrets.map(({ inputs }) => inputs['stringData'])).toEqual([{ API_KEY: 'def', TOKEN: 'abc' }]);
  });

  test('is told where it cannot be decrypted', async () => {
    const project = withSops('exit 128');
    expect((await refusal('shop-dev', project, beside)).message).toBe(
      `shop (dev): sops cannot decrypt ${project}/stacks/shop/secrets.env (exit code 128): provide a key that ` +
        'can decrypt the file',
    );
    const silent = withSops('echo hello');
    expect((await refusal('shop-dev', silent, beside)).message).toBe(
      `shop (dev): sops printed no object in JSON for ${silent}/stacks/shop/secrets.env: update sops`,
    );
    const killed = withSops('kill -9 $$');
    expect((await refusal('shop-dev', killed, beside)).message).toBe(
      'shop (dev): sops was stopped by SIGKILL: run this command again',
    );
  });
});

test('the engine pulls with the credentials that this machine has, and Docker Hub as anybody', async () => {
  const { DOCKER_CONFIG } = process.env;
  const auth = Buffer.from('ci:secret').toString('base64');
  const auths = {
    'r.example.com': { auth },
    'https://index.docker.io/v1/': { auth },
    'other.example.com': { auth },
  };
  process.env['DOCKER_CONFIG'] = projectOf({ 'config.json': JSON.stringify({ auths }) });
  const registryAuth = async (image: string) => {
    const file = stackFile({ props: `image: '${image}', port: 8000` });
    const resources = await deployed('shop-dev', projectOf({ 'stacks/shop.ts': file }));
    return resources.find(({ name }) => name === 'engine')?.inputs['registryAuth'];
  };
  try {
    expect(JSON.parse(String(await registryAuth('r.example.com/api:1.0')))).toEqual([
      { address: 'r.example.com' },
    ]);
    expect(await registryAuth('q.example.com/api:1.0')).toBeUndefined();
    expect(await registryAuth('api:1.0')).toBeUndefined();
  } finally {
    if (DOCKER_CONFIG === undefined) delete process.env['DOCKER_CONFIG'];
    else process.env['DOCKER_CONFIG'] = DOCKER_CONFIG;
  }
});

test('what the lock file of the project pins is deployed by digest', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const project = projectOf({
    'stacks/shop.ts': stackFile(),
    'images.lock.json': JSON.stringify({ version: 1, images: { 'api:1.0': { digest, platforms: [] } } }),
  });
  const resources = await deployed('shop-dev', project);
  expect(resources.find(({ name }) => name === 'shop-dev-api-1')?.inputs).toMatchObject({
    image: `api:1.0@${digest}`,
  });
});

test('a deployment into the namespace of another environment is refused, and registers nothing', async () => {
  const project = projectOf({
    'stacks/shop.ts': stackFile({
      environments:
        "staging: kubernetes({ namespace: 'shop' }), live: kubernetes({ namespace: 'shop', context: 'a' })",
    }),
  });
  expect(await refusal('shop-live', project)).toEqual({
    message:
      'shop (live): namespace is "shop": write another namespace, because shop (staging) uses this one; ' +
      'or name different clusters with context in both',
    resources: [],
  });
  expect(await refusal('shop-live', project, { ...tools, command: 'destroy' })).toMatchObject({
    message: 'deployed',
  });
});
