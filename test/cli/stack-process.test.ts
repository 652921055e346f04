import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBuilt, stackFile, withLibrary } from '../support/project';

/** How `catamaran synth` ends with a line of code before the stack, or after it. */
function synthWith(line: string, files: Readonly<Record<string, string>> = {}) {
  const project = withLibrary({ 'stacks/shop.ts': `${line}\n${stackFile()}`, ...files });
  const { status, stdout, stderr } = runBuilt(project, ['synth'], { timeout: 20_000 });
  return { status, stdout, stderr, isWritten: existsSync(join(project, 'dist')) };
}

const stop = 'remove this call; to stop the command, write throw new Error(…)';
const nothing = '1 problem; nothing was written\n';

test.each([
  ['process.exit(0);', `stacks/shop.ts:1:9: stacks/shop: a stack calls process.exit(…): ${stop}`],
  ['process.exit();', `stacks/shop.ts:1:9: stacks/shop: a stack calls process.exit(…): ${stop}`],
  [
    'try { process.exit(0); } catch {}',
    `stacks/shop.ts:1:15: stacks/shop: a stack calls process.exit(…): ${stop}`,
  ],
  ['process.abort();', `stacks/shop.ts:1:9: stacks/shop: a stack calls process.abort(…): ${stop}`],
  [
    "process.chdir('/');",
    'stacks/shop.ts:1:9: stacks/shop: a stack calls process.chdir(…): remove this call, and use paths below __dirname',
  ],
  [
    'process.exitCode = 0;',
    'stacks/shop: a stack sets process.exitCode: leave it as it is; to stop the command, write throw new Error(…)',
  ],
])('a stack cannot end the command, nor change its process: %s', (line, message) => {
  expect(synthWith(line)).toEqual({
    status: 1,
    stdout: '',
    stderr: `${message}\n${nothing}`,
    isWritten: false,
  });
});

test('nor can the constructor of an application, nor hide the mistakes of others', () => {
  const { status, stderr } = synthWith('', {
    'stacks/shop.ts': stackFile({ components: 'process.exit(0);' }),
    'stacks/blog.ts': stackFile({ name: 'log' }).replace("'log'", "'blog'").replace('port: 8000', 'port: 0'),
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      `stacks/shop.ts:6:13: shop (dev): a stack calls process.exit(…): ${stop}\n` +
      'stacks/blog.ts:6:5: blog/api: port is 0: write a whole number from 1 to 65535\n' +
      '2 problems; nothing was written\n',
  });
});

test('a timer that ends the process makes the command fail', () => {
  const { status, stderr } = synthWith('setTimeout(() => process.exit(0), 0);');
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `stacks/shop.ts:1:26: stacks: a stack calls process.exit(…): ${stop}\n1 problem\n`,
  });
});

test('a timer that never ends does not keep the command for ever', () => {
  const { status, stderr } = synthWith('setInterval(() => 0, 100);');
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      'stacks: something of a stack is still open after the end of the command (Timeout): close it, because a stack only describes an application\n1 problem\n',
  });
});

test('what a stack prints is not in the output of the command', () => {
  const project = withLibrary({ 'stacks/shop.ts': `console.log('loading');\n${stackFile()}` });
  const { status, stdout, stderr } = runBuilt(project, ['graph']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'loading\n' });
  expect(stdout.startsWith('---\ntitle: shop in dev on docker\n---\n')).toBe(true);
});

test.each([
  [
    'export default Shop;',
    'default export is a class or a function: write export default defineStack(Shop, { dev: docker() })',
  ],
  [
    'export default Promise.resolve(defineStack(Shop, { dev: docker() }));',
    'default export is a promise: write export default defineStack(…) without await',
  ],
  [
    'export const stack = defineStack(Shop, { dev: docker() });',
    'default export is missing: write export default defineStack(…)',
  ],
  ['', 'default export is missing: write export default defineStack(…)'],
])('a file that exports no stack is told what to export: %s', (line, message) => {
  const stack = stackFile().replace(/export default .*/, line);
  const { status, stderr } = synthWith('', { 'stacks/shop.ts': stack });
  expect({ status, stderr }).toEqual({ status: 1, stderr: `stacks/shop.ts: ${message}\n${nothing}` });
});

test('so is a file of JavaScript', () => {
  const project = withLibrary({ 'stacks/shop.js': 'module.exports = {};' });
  expect(runBuilt(project, ['graph']).stderr).toBe(
    'stacks/shop.js: default export is missing: write exports.default = defineStack(…)\n1 problem\n',
  );
});

test.each(['undefined', '{}'])('a stack without environments is told: %s', (environments) => {
  const stack = stackFile().replace('{ dev: docker() }', `${environments} as never`);
  const got = environments === '{}' ? 'is {}' : 'is missing';
  expect(synthWith('', { 'stacks/shop.ts': stack }).stderr).toBe(
    `stacks/shop.ts:10:16: defineStack: environments ${got}: write at least one, such as defineStack(Shop, { dev: docker() })\n${nothing}`,
  );
});
