import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { symlinkSync, mkdirSync } from 'node:fs';
import { projectOf, stackFile } from '../support/project';

const root = resolve(__dirname, '../..');

/** What the command itself says, which maps the lines of what it compiled. */
function synth(files: Readonly<Record<string, string>>): {
  readonly project: string;
  readonly stderr: string;
} {
  const project = projectOf(files);
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules', 'catamaran'));
  const { stderr } = spawnSync(process.execPath, [join(root, 'lib/cli/main.js'), 'synth'], {
    cwd: project,
    encoding: 'utf8',
  });
  return { project, stderr };
}

const write = 'write values of the types that are asked for, as npx tsc --noEmit checks';

test('what the constructor of an application throws is told with its line, without our stack trace', () => {
  const source = `import { Application, defineStack, docker, ReverseProxy, type Environment } from 'catamaran';

interface Unused {
  readonly name: string;
}

class Shop extends Application {
  constructor(environment: Environment) {
    super('shop', environment);
    new ReverseProxy(this, 'proxy', {});
  }
}

export default defineStack(Shop, { dev: docker() });
`;
  const { project, stderr } = synth({ 'stacks/shop.ts': source });
  expect(stderr).toBe(
    `shop (dev): ${project}/stacks/shop.ts:10:5: got "TypeError: Cannot read properties of undefined (reading 'flatMap')"; ${write}\n` +
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
    `shop (dev): ${project}/stacks/shop.js:6:13: got "Error: not yet"; ${write}\n1 problem; nothing was written\n`,
  );
});

test('a value of another type is told with its component', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile({ props: "image: 'a:1', port: 8000, memory: 5" }) });
  expect(stderr).toBe(
    `shop/api: props: got "TypeError: Cannot use 'in' operator to search for 'request' in 5"; ${write}\n` +
      '1 problem; nothing was written\n',
  );
});

test('a prop that is missing is told with its field', () => {
  const { stderr } = synth({ 'stacks/shop.ts': stackFile({ props: "image: 'a:1', env: { A: {} }" }) });
  expect(stderr).toBe(
    [
      'shop/api: env.A: got "[object Object]"; write a text, a finite number, true or false',
      'shop/api: port: got nothing; write a whole number, 1024 to 65535',
      '2 problems; nothing was written',
      '',
    ].join('\n'),
  );
});
