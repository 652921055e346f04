import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import * as catamaran from 'catamaran';
import { optionsOfRepository } from '../support/compiler';

const root = resolve(__dirname, '../..');
const folder = join(root, 'constructs');

interface Example {
  readonly file: string;
  readonly code: string;
}

/** The text after each `@example` in the docstrings of a file. */
function examplesOf(file: string): Example[] {
  const docstrings = [...readFileSync(join(folder, file), 'utf8').matchAll(/\/\*\*([\s\S]*?)\*\//g)];
  return docstrings.flatMap(([, comment = '']) => {
    const text = comment.replace(/^ *\* ?/gm, '');
    return [...text.matchAll(/@example\s+([\s\S]*?)(?=\n@|$(?![\s\S]))/g)].map(([, code = '']) => ({
      file,
      code: code.trim(),
    }));
  });
}

/** Makes a statement of an example, which may be an expression or a single prop such as `env: { … }`. */
function statement(code: string): string {
  const declaration = code.replace(/^export (default )?/, '');
  if (/^(const|class|new) /.test(declaration)) return declaration;
  return /^\w+: /.test(code) ? `({ ${code} });` : `(${declaration.replace(/;$/, '')});`;
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);
const examples = files.flatMap(examplesOf);

test('every example in a docstring compiles', () => {
  const source = [
    `import { ${Object.keys(catamaran).join(', ')}, type Environment } from 'catamaran';`,
    ...['api', 'site', 'backend', 'stable', 'canary', 'queue'].map(
      (name) => `declare const ${name}: Backend;`,
    ),
    'declare const database: PostgresDatabase;',
    'declare const media: SharedVolume;',
    'declare class Shop extends Application { constructor(environment: Environment); }',
    'function examples(this: Application): void {',
    ...examples.map(({ file, code }) => `{ // ${file}\n${statement(code)}\n}`),
    '}',
  ].join('\n');
  const name = join(root, 'examples.ts');
  const options = optionsOfRepository();
  const unchecked = { noUnusedLocals: false, noUnusedParameters: false, isolatedDeclarations: false };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target, ...rest) =>
    path === name ? ts.createSourceFile(path, source, target) : read(path, target, ...rest);
  const program = ts.createProgram([name], { ...options, ...unchecked, noEmit: true }, host);
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(name));
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  expect(examples.length).toBeGreaterThan(60);
}, 60_000);

/** The files that a stack is written with. */
const rooms = files.filter((file) => /^(components|environment|values)\//.test(file));

const isComponent = (value: unknown) =>
  typeof value === 'function' && Reflect.get(value, 'prototype') instanceof catamaran.Component;

test('every component that a stack can create has an example', () => {
  const abstract = ['Component', 'ContainerComponent', 'Database', 'External'];
  const components = Object.entries(catamaran)
    .filter(([name, value]) => isComponent(value) && !abstract.includes(name))
    .map(([name]) => name);
  const code = examples.map((example) => example.code).join('\n');
  expect(components.filter((name) => !code.includes(`new ${name}(`))).toEqual([]);
});

test('every optional prop says its default', () => {
  const props = rooms.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)?\s*readonly (\w+)\?:/g)].map(
      ([, comment = '', name = '']) => ({ place: `${file} ${name}`, comment }),
    );
  });
  const without = props.filter(({ comment }) => !comment.includes('@default'));
  expect(without.map(({ place }) => place)).toEqual([]);
  expect(props.length).toBeGreaterThan(100);
});
