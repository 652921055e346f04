import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Module, { SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import type { TransformFailure } from 'esbuild';
import { version } from 'esbuild/package.json';
import { IssuesError } from '../../constructs/issue';
import { cacheFolder, keep } from './cache';

interface Loading {
  _compile(code: string, file: string): void;
}

interface Loader {
  readonly _extensions: Record<string, (module: Loading, file: string) => void>;
}

/** The files that this module has loaded. If another tool loads TypeScript, that tool maps the lines of stack traces. */
const loaded = new Set<string>();

/** A line and a column of a file, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Lets `require` load TypeScript files. Types are removed, not checked. The result is kept in the project's
 * node_modules/.cache, so that the compiler is only loaded for new or changed files.
 */
export function registerTypeScript(project: string): void {
  const cache = cacheFolder(project);
  const { _extensions } = Module as unknown as Loader;
  _extensions['.ts'] ??= (module, file) => {
    loaded.add(file);
    module._compile(compiled(file, cache), file);
  };
}

/** The position in the TypeScript file, for a position in the JavaScript that was made of it. */
export function sourcePosition(project: string, file: string, line: number, column: number): Position {
  // With --enable-source-maps, Node.js has already mapped the position.
  if (!loaded.has(file) || process.sourceMapsEnabled) return { line, column };
  const code = compiled(file, cacheFolder(project));
  const [, map] = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(code) ?? [];
  if (map === undefined) return { line, column };
  const payload = JSON.parse(Buffer.from(map, 'base64').toString()) as SourceMapPayload;
  const found = new SourceMap(payload).findEntry(line - 1, column - 1);
  return 'originalLine' in found
    ? { line: found.originalLine + 1, column: found.originalColumn + 1 }
    : { line, column };
}

function compiled(file: string, cache: string): string {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256').update(`${version}\n${file}\n${source}`).digest('hex');
  const kept = join(cache, `${key}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const code = strip(source, file);
    keep(kept, code);
    return code;
  }
}

function strip(source: string, file: string): string {
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  try {
    const options = { format: 'cjs', target: 'node20', sourcefile: file, sourcemap: 'inline' } as const;
    return transformSync(source, { ...options, loader: 'ts', logLevel: 'silent' }).code;
  } catch (error) {
    const [first] = (error as Partial<TransformFailure>).errors ?? [];
    if (!first) throw error;
    const { line = 0, column = 0, lineText = '' } = first.location ?? {};
    const path = `${file}:${line}:${column + 1}`;
    throw new IssuesError([
      { path, field: 'syntax', got: lineText.trim(), write: `TypeScript (${first.text})` },
    ]);
  }
}
