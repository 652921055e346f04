import { deploy } from '../../cli/pulumi';
import { thrownBy } from '../support/application';
import { projectOf, stackFile, writeFiles } from '../support/project';
import { registeredBy, type Registered } from '../support/pulumi';

const props = "image: 'api:1.0', port: 8000, env: Secret.variables('TOKEN', 'API_KEY')";
const environments = `
  dev: docker({ secrets: envFile() }),
  staging: kubernetes({ namespace: 'shop', secrets: { kind: 'pulumi-config' } }),
  live: kubernetes({ namespace: 'shop', secrets: existingSecret('vault') })`;
const cwd = process.cwd();

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
): Promise<Registered[]> {
  return registeredBy(
    () => {
      deploy(stack, project);
    },
    { config },
  );
}

test('a stack deploys the application and environment that it is named after', async () => {
  const resources = await deployed('shop-dev', shop('TOKEN=abc\nAPI_KEY=def\n'));
  const api = resources.find(({ name }) => name === 'api-1');
  expect(api?.inputs).toMatchObject({ envs: ['API_KEY=def', 'TOKEN=abc'], image: 'api:1.0' });
  expect(api?.secret).toBe(true);
  expect(resources.filter(({ type }) => type.startsWith('kubernetes:'))).toEqual([]);
  expect(logged[0]).toBe(
    'info: [runtime] scratch (api): folders for temporary files are in memory and count against its limit',
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

test('a stack of no application is told which there are', () => {
  expect(
    thrownBy(() => {
      deploy('shop-production', shop());
    }).message,
  ).toBe('pulumi: stack: got "shop-production"; write one of shop-dev, shop-staging, shop-live');
});

test('all secrets that are missing are told at once, before anything is deployed', async () => {
  const project = shop('OTHER=1\n');
  let message = '';
  const resources = await registeredBy(() => {
    ({ message } = thrownBy(() => {
      deploy('shop-dev', project);
    }));
  });
  expect(resources).toEqual([]);
  expect(message.split('\n')).toEqual([
    `shop (dev): secret API_KEY: got nothing; write it into the file ${project}/stacks/shop/.env`,
    `shop (dev): secret TOKEN: got nothing; write it into the file ${project}/stacks/shop/.env`,
  ]);
});

test('the missing secret of a stack is told with the command that sets it', async () => {
  let message = '';
  await registeredBy(() => {
    ({ message } = thrownBy(() => {
      deploy('shop-staging', shop());
    }));
  });
  expect(message.split('\n')[0]).toBe(
    'shop (staging): secret API_KEY: got nothing; write it into Pulumi, by pulumi config set --secret ' +
      'secrets:API_KEY --stack shop-staging',
  );
});

test('a secret that would break the URL that it is a part of is refused, and not told', async () => {
  const database = `import { Application, defineStack, docker, envFile, PostgresDatabase, Backend } from 'catamaran';
class Shop extends Application {
  constructor(environment) {
    super('shop', environment, { folder: __dirname });
    const database = new PostgresDatabase(this, 'database');
    new Backend(this, 'api', { image: 'api:1.0', port: 8000, env: { DATABASE_URL: database.url } });
  }
}
export default defineStack(Shop, { dev: docker({ secrets: envFile() }) });`;
  const project = projectOf({
    'stacks/shop/index.ts': database,
    'stacks/shop/.env': 'DATABASE_PASSWORD=plant/ed@\n',
  });
  let message = '';
  await registeredBy(() => {
    ({ message } = thrownBy(() => {
      deploy('shop-dev', project);
    }));
  });
  expect(message).toBe(
    'shop (dev): secret DATABASE_PASSWORD: got "a value with other characters"; write a value of letters, ' +
      'digits and - . _ ~ alone, as it becomes a part of a URL',
  );
});
