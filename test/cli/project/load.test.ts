import { join } from 'node:path';
import { createApplications, loadStacks } from '../../../cli/project/load';
import { thrownBy } from '../../support/application';
import { projectOf, stackFile } from '../../support/project';

const two = () =>
  projectOf({
    'stacks/shop.ts': stackFile({ environments: 'dev: docker(), test: docker()' }),
    'stacks/blog/index.ts': stackFile({ name: 'blog', environments: 'dev: docker()' }),
    'stacks/blog/helper.ts': 'export const help = 1;',
    'stacks/notes.md': '# Notes',
    'stacks/types.d.ts': 'export {};',
  });

test('a stack is a file of its name, or a folder with an index', () => {
  expect(loadStacks(two()).map(({ name }) => name)).toEqual(['blog', 'shop']);
});

test('one stack is loaded without the others', () => {
  const project = two();
  const stacks = loadStacks(project, 'shop');
  expect(stacks.map(({ name }) => name)).toEqual(['shop']);
  expect(Object.keys(require.cache).filter((file) => file.startsWith(join(project, 'stacks/blog')))).toEqual(
    [],
  );
});

test('every environment is created, or the one that is named', () => {
  const stacks = loadStacks(two());
  const names = (environment?: string) =>
    createApplications(stacks, environment).map((one) => `${one.name} ${one.environment.name}`);
  expect(names()).toEqual(['blog dev', 'shop dev', 'shop test']);
  expect(names('test')).toEqual(['shop test']);
});

test('an unknown application is told with those that there are', () => {
  const project = two();
  expect(thrownBy(() => loadStacks(project, 'stop')).message).toBe(
    'catamaran: application is "stop": write one of blog, shop',
  );
});

test('an unknown environment is told with those that there are', () => {
  const stacks = loadStacks(two());
  expect(thrownBy(() => createApplications(stacks, 'production')).message).toBe(
    'catamaran: environment is "production": write one of dev, test',
  );
});

test.each([undefined, 'shop'])('a project without stacks is told where to put one, asked for %s', (only) => {
  const project = projectOf({ 'readme.md': '' });
  expect(thrownBy(() => loadStacks(project, only)).message).toBe(
    `${project}/stacks: this folder contains no stack: write one in stacks/<name>.ts or stacks/<name>/index.ts`,
  );
});

test('a file that exports no stack is told what to export', () => {
  const project = projectOf({ 'stacks/shop.ts': 'export default { environments: {} };' });
  expect(thrownBy(() => loadStacks(project)).message).toBe(
    `${project}/stacks/shop.ts: default export is {"environments":{}}: write export default defineStack(…)`,
  );
});

test('an application is named as its file', () => {
  const stacks = loadStacks(projectOf({ 'stacks/shop.ts': stackFile({ name: 'blog' }) }));
  expect(thrownBy(() => createApplications(stacks)).message).toBe(
    'stacks/shop: name is "blog": write shop, the name of its file or folder',
  );
});

test('an environment has the name of its key', () => {
  const [application] = createApplications(loadStacks(projectOf({ 'stacks/shop.ts': stackFile() })));
  expect(application?.environment).toMatchObject({ name: 'dev', target: 'docker' });
});

test('a file or package that a stack imports and that is not there is told, without a stack trace', () => {
  const project = projectOf({
    'stacks/blog/index.ts': "import './helper';\nexport default {};",
    'stacks/blog/helper.ts': "import { part } from './parts';\npart();",
    'stacks/shop.ts': "import { part } from 'no-such-package';\npart();",
  });
  const write = 'write the path of a file that exists, or the name of an installed package';
  expect(thrownBy(() => loadStacks(project, 'blog')).message).toBe(
    `${project}/stacks/blog/helper.ts: import is "./parts": ${write}`,
  );
  expect(thrownBy(() => loadStacks(project, 'shop')).message).toBe(
    `${project}/stacks/shop.ts: import is "no-such-package": ${write}`,
  );
});

test('what a stack throws that is no error is told as well', () => {
  const project = projectOf({ 'stacks/shop.js': "throw 'enough';" });
  expect(thrownBy(() => loadStacks(project)).message).toBe(
    'stacks/shop: loading threw "enough": throw new Error(…) instead, whose line this message can show',
  );
});
