import { posix } from 'node:path';
import { IssuesError, type Issue } from '../issue';
import { sortedEntries } from '../model/sorted';
import type { Folder } from '../model/storage';
import { fillTemplate, plain, secretsOf, type Template } from '../model/template';
import type { Origin } from '../values/reference';
import type { Text, TextPart } from '../values/text';
import {
  partsOf,
  plainValue,
  readParts,
  type EnvironmentValue,
  type ReadValue,
  type UsedReference,
} from '../values/variable';

/** The variables and files of a component in the model, and the references in them. */
export interface Contents {
  readonly variables: Readonly<Record<string, Template>>;
  readonly files: readonly Folder[];
  readonly used: readonly UsedReference[];
}

/** What reading variables and files needs from their component. */
export interface Reader {
  readonly report: (issue: Omit<Issue, 'path'>) => void;
  /** Whether the component may use another one. Reports an issue if not. */
  readonly isUsable: (component: Origin, field: string) => boolean;
}

/** Reads the variables and files of a component. */
export function readContents(
  variables: Readonly<Record<string, EnvironmentValue>>,
  files: Readonly<Record<string, string | Text>>,
  reader: Reader,
): Contents {
  const values = sortedEntries(variables).map(
    ([name, value]) => [name, readValue(`env.${name}`, value, reader)] as const,
  );
  const texts = sortedEntries(files).map(
    ([path, content]) => [path, readFile(`files ${path}`, content, reader)] as const,
  );
  return {
    variables: Object.fromEntries(values.map(([name, { template }]) => [name, template])),
    files: folders(texts.map(([path, { template }]) => [path, fillTemplate(template, new Map())])),
    used: [...values, ...texts].flatMap(([, { used }]) => used),
  };
}

function readValue(field: string, value: EnvironmentValue, reader: Reader): ReadValue {
  const parts = partsOf(value);
  if (parts) return readUsable(field, parts, reader);
  const { text, got, write } = plainValue(value);
  if (write !== undefined) reader.report({ field, got, write });
  return { template: plain(text), used: [] };
}

function readFile(field: string, content: string | Text, reader: Reader): ReadValue {
  const parts = partsOf(content);
  if (!parts) return { template: [plainFile(field, content, reader)], used: [] };
  const read = readUsable(field, parts, reader);
  const secrets = secretsOf(read.template).join(', ');
  const write =
    'it in an environment variable, because everybody who can read the configuration can read the file';
  const sentence = `${field} contains the secret ${secrets}: use ${write}`;
  if (secrets !== '') reader.report({ field, got: secrets, write, sentence });
  return read;
}

function plainFile(field: string, content: unknown, { report }: Reader): string {
  if (typeof content === 'string') return content;
  report({ field, got: content, write: 'a text, or text`…` with references in it' });
  return '';
}

const nothing: ReadValue = { template: plain(''), used: [] };

function readUsable(field: string, parts: readonly TextPart[], { report, isUsable }: Reader): ReadValue {
  try {
    const read = readParts(parts);
    const strangers = read.used.filter(({ reference: { component } }) => !isUsable(component, field));
    return strangers.length === 0 ? read : nothing;
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    for (const { path: _path, ...issue } of error.issues) report({ place: error, ...issue });
    return nothing;
  }
}

function folders(contents: readonly (readonly [path: string, content: string])[]): Folder[] {
  const byPath = new Map<string, Record<string, string>>();
  for (const [path, content] of contents) {
    const folder = posix.dirname(path);
    byPath.set(folder, { ...byPath.get(folder), [posix.basename(path)]: content });
  }
  return [...byPath].map(([path, files]) => ({ path, files }));
}
