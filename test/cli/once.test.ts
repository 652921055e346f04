import { runBuilt, stackFile, withLibrary } from '../support/project';

/** What a command says of a project of one or more stacks, and how it ends. */
function told(command: readonly string[], files: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = runBuilt(withLibrary(files), command);
  return { status, stdout, lines: stderr.trimEnd().split('\n') };
}

const three = "dev: docker(), test: docker(), live: kubernetes({ namespace: 'shop' })";
const port = 'write a whole number from 1 to 65535';
const commands = [['synth'], ['check'], ['graph'], ['images'], ['build']] as const;

describe.each(commands)('%s tells', (command) => {
  const end = command === 'synth' ? '; nothing was written' : '';

  test('the mistakes of all stacks, also beside one that throws', () => {
    const { status, stdout, lines } = told([command], {
      'stacks/a.ts': "throw new Error('no');",
      'stacks/b.ts': stackFile({ name: 'b', components: "throw new Error('never');" }),
      'stacks/c.ts': stackFile({ name: 'c', props: "image: 'api:1.0', port: 0", environments: three }),
      'stacks/d.ts': stackFile({ name: 'e', environments: three }),
      'stacks/f.mts': stackFile({ name: 'f' }),
      'stacks/g/application.ts': 'export const g = 1;',
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    const trace = 'NODE_DEBUG=catamaran shows the stack trace';
    expect(lines).toEqual([
      'stacks/f.mts: Catamaran does not load .mts files: rename it to stacks/f.ts',
      `stacks/a.ts:1:7: stacks/a: loading threw Error: no: ${trace}`,
      `stacks/b.ts:6:11: b (dev): constructor threw Error: never: ${trace}`,
      'stacks/d.ts:5:5: stacks/d: name is "e": write d, the name of its file or folder',
      `stacks/c.ts:6:5: c/api: port is 0: ${port}`,
      `5 problems${end}`,
    ]);
  });
});

test('a wrong name is told once, with the environment in which it is the longest', () => {
  const name = 'a'.repeat(40);
  const { lines } = told(['synth'], {
    'stacks/shop.ts': stackFile({
      components: `new Backend(this, '${name}', { image: 'api:1.0', port: 8000 });`,
      environments: 'dev: docker(), staging: docker(), production: docker()',
    }),
  });
  expect(lines).toEqual([
    `stacks/shop.ts:6:5: shop/${name}: name is "${name}": write a name that is 10 characters shorter`,
    '1 problem; nothing was written',
  ]);
});

test('an issue of some environments names them, and one of all environments names none', () => {
  const secret = (environments: string) =>
    told(['synth'], {
      'stacks/shop.ts': stackFile({
        components: "new Cache(this, 'cache');",
        environments,
      }),
    }).lines;
  const source = 'secrets is missing: write a source, such as envFile(), for the secrets CACHE_PASSWORD';
  expect(secret('dev: docker(), test: docker()')).toEqual([
    `stacks/shop.ts:10:41: shop: ${source}`,
    '1 problem; nothing was written',
  ]);
  expect(secret('dev: docker(), test: docker(), live: docker({ secrets: envFile() })')).toEqual([
    `stacks/shop.ts:10:41: shop (dev, test): ${source}`,
    '1 problem; nothing was written',
  ]);
});

test('a refusal that names its environment names all of them', () => {
  const { lines } = told(['synth'], {
    'stacks/shop.ts': stackFile({
      props: "image: 'api:1.0', port: 8000, autoscale: { max: 3, targetPercent: 50 }",
      environments: 'dev: docker(), test: docker()',
    }),
  });
  expect(lines).toEqual([
    expect.stringMatching(
      /^stacks\/shop\.ts:6:5: shop\/api: Docker refuses autoscaling: .*; or accept this with accept: \['autoscaling'\] in environments dev, test$/,
    ),
    '1 problem; nothing was written',
  ]);
});

test('a mistake in the settings of an environment is told at its line', () => {
  const { lines } = told(['synth'], {
    'stacks/shop.ts': stackFile({
      environments: `
  dev: docker(),
  live: docker({ components: { api: { replicas: 0, env: { 'A/B': '1' } } } }),
`,
    }),
  });
  expect(lines).toEqual([
    'stacks/shop.ts:12:9: shop/api: replicas is 0: write a whole number from 1 to 1000',
    'stacks/shop.ts:12:9: shop/api: env has the variable "A/B": write A_B: only letters, digits and _ . - are allowed',
    '2 problems; nothing was written',
  ]);
});

test('an environment that is no environment is told with the line of the stack', () => {
  const { lines } = told(['synth'], {
    'stacks/shop.ts': stackFile({
      environments: 'dev: {} as never, live: undefined as never, test: docker()',
    }),
  });
  const write = "write docker() or kubernetes({ namespace: 'shop' })";
  expect(lines).toEqual([
    `stacks/shop.ts:10:16: defineStack: dev is {}: ${write}`,
    `stacks/shop.ts:10:16: defineStack: live is missing: ${write}`,
    '2 problems; nothing was written',
  ]);
});

describe('in stacks/', () => {
  test('a folder whose files a stack imports is no stack', () => {
    const { status } = told(['graph'], {
      'stacks/shop.ts': `import './shared/names';\n${stackFile()}`,
      'stacks/shared/names.ts': 'export const name = 1;',
      'stacks/pictures/logo.svg': '<svg/>',
    });
    expect(status).toBe(0);
  });

  test('a folder of code that nobody imports is told', () => {
    const files = { 'stacks/shop.ts': stackFile(), 'stacks/blog/main.ts': stackFile({ name: 'blog' }) };
    const message =
      'stacks/blog: this folder has no index.ts, and no stack imports its files: write index.ts with export default defineStack(…), or move the folder out of stacks/';
    expect(told(['graph'], files).lines).toEqual([message, '1 problem']);
    expect(told(['graph', 'blog'], files).lines).toEqual([message, '1 problem']);
    expect(told(['graph', 'shop'], files).status).toBe(0);
  });

  test('a file and a folder of one name are told', () => {
    const files = { 'stacks/shop.ts': stackFile(), 'stacks/shop/index.ts': stackFile() };
    expect(told(['graph'], files).lines).toEqual([
      'stacks/shop: stacks/shop.ts and stacks/shop/index.ts are both a stack of this name: keep only one of them',
      '1 problem',
    ]);
  });
});
