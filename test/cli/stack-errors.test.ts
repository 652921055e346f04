import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { symlinkSync, mkdirSync } from 'node:fs';
import { projectOf, stackFile } from '../support/project';

const root = resolve(__dirname, '../..');

/** What the command itself says, which maps the lines of what it compiled. */
function synth(
  files: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): {
  readonly project: string;
  readonly stderr: string;
} {
  const project = projectOf(files);
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules', 'catamaran'));
  const { stderr } = spawnSync(process.execPath, [join(root, 'lib/cli/main.js'), 'synth'], {
    cwd: project,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { project, stderr };
}

const thrown = 'NODE_DEBUG=catamaran shows the stack trace';
const write = 'a value has the wrong type, npx tsc --noEmit finds it';

test('what the constructor of an application throws is told with its line, without our stack trace', () => {
  const source = `import { Application, defineStack, docker, type Environment } from 'catamaran';

interface Unused {
  readonly name: string;
}

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    (environment as unknown as { here: Unused }).here.name.trim();
  }
}

export default defineStack(Shop, { dev: docker() });
`;
  const { project, stderr } = synth({ 'stacks/shop.ts': source });
  expect(stderr).toBe(
    `shop (dev): ${project}/stacks/shop.ts:10:55 threw TypeError: Cannot read properties of undefined (reading 'name'): ${write}\n` +
      '1 problem; nothing was written\n',
  );
});

test('so is what it throws itself, in JavaScript', () => {
  const source = `const { Application, defineStack, docker } = require('catamaran');
exports.default = defineStack(
  class extends Application {
    constructor(environment) {
      super('shop', environment);
      throw new Error('not yet');
    }
  },
  { dev: docker() },
);
`;
  const { project, stderr } = synth({ 'stacks/shop.js': source });
  expect(stderr).toBe(
    `shop (dev): ${project}/stacks/shop.js:6:13 threw Error: not yet: ${thrown}\n1 problem; nothing was written\n`,
  );
});

test('a value of another type is told with its component', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile({ props: "image: 'a:1', port: 8000, memory: 5" }) });
  expect(stderr).toBe(
    `shop/api: props threw TypeError: Cannot use 'in' operator to search for 'request' in 5: ${write}\n` +
      '1 problem; nothing was written\n',
  );
});

test('a prop that is missing is told with its field', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile({ props: "image: 'a:1', env: { A: {} }" }) });
  expect(stderr).toBe(
    [
      'shop/api: env.A is "[object Object]": write a text, a finite number, true or false',
      'shop/api: port is missing: write a whole number from 1024 to 65535',
      '2 problems; nothing was written',
      '',
    ].join('\n'),
  );
});

describe('what a stack throws while it is loaded is told with its line', () => {
  test('of the file that throws', () => {
    const { project, stderr } = synth({
      'stacks/shop.ts': "import './shared/version';",
      'stacks/shared/version.ts': "type Version = string;\n\nthrow new Error('SHOP_VERSION is not set');",
    });
    expect(stderr).toBe(
      `stacks/shop: ${project}/stacks/shared/version.ts:3:7 threw Error: SHOP_VERSION is not set: ${thrown}\n` +
        '1 problem; nothing was written\n',
    );
  });

  test('that cannot be read', () => {
    const { project, stderr } = synth({ 'stacks/shop.js': '\nconst shop = ;\n' });
    expect(stderr).toBe(
      `stacks/shop: ${project}/stacks/shop.js:2:1 threw SyntaxError: Unexpected token ';': ${thrown}\n` +
        '1 problem; nothing was written\n',
    );
  });

  test('that calls the library without what it needs', () => {
    const source = "import { kubernetes } from 'catamaran';\n\nexport const live = kubernetes();\n";
    const { project, stderr } = synth({ 'stacks/shop.ts': source });
    expect(stderr).toBe(
      `${project}/stacks/shop.ts:3:21: kubernetes: options is missing: write kubernetes({ namespace: 'shop' })\n` +
        '1 problem; nothing was written\n',
    );
  });

  test('but for the line of a file that it imports and that cannot be read, which is told instead', () => {
    const { project, stderr } = synth({ 'stacks/shop.ts': "import './a';", 'stacks/a.ts': 'let b = ;' });
    expect(stderr).toBe(
      `${project}/stacks/a.ts:1:9: syntax is "let b = ;": write TypeScript (Unexpected ";")\n` +
        '1 problem; nothing was written\n',
    );
  });
});

test('a component without its props is told with its line and its path', () => {
  const { project, stderr } = synth({ 'stacks/shop.ts': stackFile().replace(', { image', '); ({ image') });
  expect(stderr).toBe(
    `${project}/stacks/shop.ts:6:5: shop/api: props is missing: write an object, such as { image: 'api:1.0' }\n` +
      '1 problem; nothing was written\n',
  );
});

test('the calls are shown to those who ask for them', () => {
  const { project, stderr } = synth(
    { 'stacks/shop.js': "throw new Error('no');" },
    { NODE_DEBUG: 'catamaran' },
  );
  expect(stderr).toMatch(/^CATAMARAN \d+: Error: no\n +at /);
  expect(stderr).toContain(`\nstacks/shop: ${project}/stacks/shop.js:1:7 threw Error: no: ${thrown}\n`);
});
