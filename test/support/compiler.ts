import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(__dirname, '../..');

/** Changes to a source file: each text on the left, which is there once, becomes the text on the right. */
export type Edits = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/**
 * Makes a compiler of some files of this repository.
 * @returns a function that gives the errors in one of the files, after edits by file
 */
export function compilerOf(files: readonly string[]): (file: string, edits?: Edits) => string[] {
  const options = optionsOfRepository();
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  // All files are parsed once, and after that only those with edits.
  const parsed = new Map<string, ts.SourceFile | undefined>();
  let edited = new Map<string, ts.SourceFile>();
  host.getSourceFile = (path, target) => {
    if (!parsed.has(path)) parsed.set(path, read(path, target));
    return edited.get(path) ?? parsed.get(path);
  };
  const names = files.map((file) => join(root, file));
  let program: ts.Program | undefined;
  return (file, edits = {}) => {
    edited = new Map(Object.keys(edits).map((name) => [join(root, name), parse(name, edits, options)]));
    program = ts.createProgram(names, options, host, program);
    const errors = program.getSemanticDiagnostics(program.getSourceFile(join(root, file)));
    return errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };
}

/** The options that this repository is compiled with, with the types of Node.js as the only global ones. */
export function optionsOfRepository(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  return { ...ts.parseJsonConfigFileContent(config, ts.sys, root).options, types: ['node'] };
}

function parse(file: string, edits: Edits, { target = ts.ScriptTarget.ES2022 }: ts.CompilerOptions) {
  const path = join(root, file);
  let text = readFileSync(path, 'utf8');
  for (const [before, after] of edits[file] ?? []) {
    if (text.split(before).length !== 2) throw new Error(`${file} does not have this once: ${before}`);
    text = text.replace(before, () => after);
  }
  const impliedNodeFormat = ts.ModuleKind.CommonJS;
  return ts.createSourceFile(path, text, { languageVersion: target, impliedNodeFormat });
}
