import { chmodSync, readdirSync, utimesSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { registerTypeScript } from '../../../cli/project/typescript';
import { filesBelow, projectOf, writeFiles } from '../../support/project';

type Load = (module: { _compile(code: string, file: string): void }, file: string) => void;
const { _extensions: extensions } = Module as unknown as { _extensions: Record<string, Load | undefined> };
const cache = join('node_modules', '.cache', 'catamaran');

/** The JavaScript that a loader which is registered for a project makes of one of its files. */
function codeOf(project: string, name: string): string {
  const before = extensions['.ts'];
  delete extensions['.ts'];
  registerTypeScript(project);
  const load = extensions['.ts'];
  if (before) extensions['.ts'] = before;
  else delete extensions['.ts'];
  let compiled = '';
  load?.({ _compile: (code) => (compiled = code) }, join(project, name));
  return compiled;
}

let count = 0;

/** What the module exports. */
function run(code: string): Record<string, unknown> {
  const folder = projectOf({ [`module-${++count}.js`]: code });
  return require(join(folder, `module-${count}.js`)) as Record<string, unknown>;
}

const source = `import { Size } from 'catamaran';
export const size: number = Size.kibibytes(1).bytes;
export default class Shop<T extends object> { constructor(readonly name: T | undefined) {} }
`;

test('types are stripped and imports are required', () => {
  const project = projectOf({ 'shop.ts': source });
  const exported = run(codeOf(project, 'shop.ts'));
  expect(exported['size']).toBe(1024);
  const Shop = exported['default'] as new (name: string) => { readonly name: string };
  expect(new Shop('shop').name).toBe('shop');
});

test('a stack trace leads to the lines of the TypeScript file', () => {
  const project = projectOf({ 'shop.ts': source });
  const map = codeOf(project, 'shop.ts').split('base64,')[1] ?? '';
  const { sources, sourcesContent } = JSON.parse(Buffer.from(map, 'base64').toString()) as Record<
    string,
    unknown
  >;
  expect({ sources, sourcesContent }).toEqual({
    sources: [join(project, 'shop.ts')],
    sourcesContent: [source],
  });
});

test('a file is compiled once: what the cache holds is taken', () => {
  const project = projectOf({ 'shop.ts': source });
  const code = codeOf(project, 'shop.ts');
  const [kept, ...others] = readdirSync(join(project, cache));
  expect(others).toEqual([]);
  expect(filesBelow(join(project, cache))).toEqual({ [String(kept)]: code });
  writeFiles(project, { [join(cache, String(kept))]: 'exports.from = "cache";' });
  expect(run(codeOf(project, 'shop.ts'))).toEqual({ from: 'cache' });
});

test('a changed file is compiled again, whatever its time says', () => {
  const project = projectOf({ 'shop.ts': 'export const version: number = 1;' });
  utimesSync(join(project, 'shop.ts'), 0, 0);
  expect(run(codeOf(project, 'shop.ts'))['version']).toBe(1);
  writeFiles(project, { 'shop.ts': 'export const version: number = 2;' });
  utimesSync(join(project, 'shop.ts'), 0, 0);
  expect(run(codeOf(project, 'shop.ts'))['version']).toBe(2);
});

test('equal files of two paths are kept apart, as their stack traces differ', () => {
  const project = projectOf({ 'a.ts': source, 'b.ts': source });
  codeOf(project, 'a.ts');
  codeOf(project, 'b.ts');
  expect(readdirSync(join(project, cache))).toHaveLength(2);
});

test('a project in which nothing can be kept is compiled all the same', () => {
  // A file where the folder would be; a read-only folder does not stop the root user.
  const project = projectOf({ 'shop.ts': source, node_modules: 'no folder' });
  chmodSync(join(project, 'node_modules'), 0o400);
  expect(run(codeOf(project, 'shop.ts'))['size']).toBe(1024);
});

test('a syntax error names file, line, column and what is wrong', () => {
  const project = projectOf({ 'shop.ts': 'const a = 1;\nlet b = ;\n' });
  expect(() => codeOf(project, 'shop.ts')).toThrow(
    new Error(`${join(project, 'shop.ts')}:2:9: syntax is "let b = ;": write TypeScript (Unexpected ";")`),
  );
  expect(filesBelow(join(project, cache))).toEqual({});
});

test('a loader that is there already stays', () => {
  const before = extensions['.ts'];
  const own: Load = () => undefined;
  extensions['.ts'] = own;
  registerTypeScript(projectOf({}));
  const after = extensions['.ts'];
  if (before) extensions['.ts'] = before;
  else delete extensions['.ts'];
  expect(after).toBe(own);
});
