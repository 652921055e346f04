import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '../model/data';

/** A mistake in a file of manifests. */
export interface FileMistake {
  /** The line of the file, from 1. */
  readonly line: number;
  /** What is wrong, as the rest of a sentence that starts with the file. */
  readonly problem: string;
  readonly write: string;
}

/** One document of a file, and the line where it starts. */
export interface FileDocument {
  readonly line: number;
  readonly content: unknown;
}

/** The documents of a file, and what is wrong with its text. */
export interface FileDocuments {
  readonly documents: readonly FileDocument[];
  readonly mistakes: readonly FileMistake[];
}

/** Templates of Helm. Alerts and dashboards have templates too, which are no matter of Helm. */
const helm =
  /\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|(?:include|tpl|template|define)\s+["'(.])/;

/** Reads the documents of a YAML or JSON file. */
export function readDocuments(text: string): FileDocuments {
  const templated = text.split('\n').findIndex((line) => helm.test(line));
  if (templated >= 0) return { documents: [], mistakes: [template(templated + 1)] };
  const { LineCounter, parseAllDocuments } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const options = { merge: true, prettyErrors: false, logLevel: 'error' } as const;
  const parsed = [...parseAllDocuments(text, { ...options, lineCounter: lines })];
  const older = [...parseAllDocuments(text, { ...options, version: '1.1' })];
  const documents: FileDocument[] = [];
  const mistakes: FileMistake[] = [];
  for (const [index, document] of parsed.entries()) {
    const line = lines.linePos(document.contents?.range[0] ?? document.range[0]).line;
    const [error] = document.errors;
    if (error) {
      const at = lines.linePos(error.pos[0]).line;
      mistakes.push({ line: at, problem: `is not YAML: ${error.message}`, write: 'valid YAML' });
      continue;
    }
    const content: unknown = document.toJS();
    if (content === null || content === undefined) continue;
    if (hasObjectAsKey(content)) mistakes.push(template(line));
    const unclear = difference(content, older[index]?.toJS(), []);
    if (unclear === undefined) documents.push({ line, content });
    else
      mistakes.push({
        line,
        problem: `has ${unclear}, which kubectl and others read as different values`,
        write: 'the value in quotes, or true, false or a decimal number',
      });
  }
  return { documents, mistakes };
}

function template(line: number): FileMistake {
  return { line, problem: 'is a template', write: 'the output of helm template, or of another such program' };
}

/** Whether a mapping has a key that was itself a mapping: `{{ name }}` without quotes. */
function hasObjectAsKey(content: unknown): boolean {
  if (Array.isArray(content)) return content.some(hasObjectAsKey);
  if (!isMapping(content)) return false;
  return Object.entries(content).some(([key, value]) => /^\{ .* \}$/.test(key) || hasObjectAsKey(value));
}

/** The first place where two readings of a document differ; undefined if there is none. */
function difference(left: unknown, right: unknown, path: readonly string[]): string | undefined {
  if (isDeepStrictEqual(left, right)) return undefined;
  if (Array.isArray(left) && Array.isArray(right))
    return firstOf(
      left.map((item, index) => [String(index), item, right[index]] as const),
      path,
    );
  if (isMapping(left) && isMapping(right) && isDeepStrictEqual(Object.keys(left), Object.keys(right)))
    return firstOf(
      Object.entries(left).map(([key, item]) => [key, item, right[key]] as const),
      path,
    );
  const shown = isMapping(left) ? 'a key such as on or yes' : JSON.stringify(left);
  return path.length === 0 ? shown : `${shown} at ${path.join('.')}`;
}

function firstOf(
  items: readonly (readonly [string, unknown, unknown])[],
  path: readonly string[],
): string | undefined {
  for (const [key, left, right] of items) {
    const found = difference(left, right, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
