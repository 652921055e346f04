import { posix } from 'node:path';
import { IssuesError, type Issue } from '../issue';
import { sortedEntries } from '../model/sorted';
import type { Folder, SecretFolder } from '../model/storage';
import { fillTemplate, plain, secretsOf, type Template } from '../model/template';
import {
  fileProps,
  secretFileProps,
  type FileProps,
  type FileSource,
  type SecretFileSource,
} from '../values/file';
import type { Origin, Reference } from '../values/reference';
import type { Secret } from '../values/secret';
import type { TextPart } from '../values/text';
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
  readonly addedSecrets: readonly SecretFolder[];
  readonly fileModes: Readonly<Record<string, string>>;
  readonly used: readonly UsedReference[];
}

/** What reading variables and files needs from their component. */
export interface Reader {
  readonly report: (issue: Omit<Issue, 'path'>) => void;
  /** Whether the component may use another one. Reports an issue if not. */
  readonly isUsable: (component: Origin, field: string) => boolean;
}

/** The variables and files as the props of a component have them. */
export interface ContentProps {
  readonly variables: Readonly<Record<string, EnvironmentValue>>;
  readonly files: Readonly<Record<string, FileSource>>;
  readonly secretFiles: Readonly<Record<string, SecretFileSource>>;
}

/** Reads the variables and files of a component. */
export function readContents({ variables, files, secretFiles }: ContentProps, reader: Reader): Contents {
  const values = sortedEntries(variables).map(
    ([name, value]) => [name, readValue(`env.${name}`, value, reader)] as const,
  );
  const texts = sortedEntries(files).map(
    ([path, source]) => [path, readFile(`files ${path}`, fileProps(source).content, reader)] as const,
  );
  const secrets = sortedEntries(secretFileValues(secretFiles)).map(
    ([path, secret]) => [path, readUsable(`secretFiles ${path}`, [secret], reader)] as const,
  );
  return {
    variables: Object.fromEntries(values.map(([name, { template }]) => [name, template])),
    files: folders(texts.map(([path, { template }]) => [path, fillTemplate(template, new Map())])),
    // A password of another application has been reported, and is left out.
    addedSecrets: folders(
      secrets.flatMap(([path, { template }]) => secretsOf(template).map((name) => [path, name] as const)),
    ),
    fileModes: modesOf(files, secretFiles),
    used: [...values, ...texts, ...secrets].flatMap(([, { used }]) => used),
  };
}

/** The secrets of files by path. */
export function secretFileValues(
  files: ContentProps['secretFiles'] = {},
): Record<string, Secret | Reference> {
  return Object.fromEntries(
    Object.entries(files).map(([path, source]) => [path, secretFileProps(source).secret]),
  );
}

function modesOf(files: ContentProps['files'], secretFiles: ContentProps['secretFiles']) {
  const all = [
    ...sortedEntries(files).map(([path, source]) => [path, fileProps(source).mode] as const),
    ...sortedEntries(secretFiles).map(([path, source]) => [path, secretFileProps(source).mode] as const),
  ];
  return Object.fromEntries(all.flatMap(([path, mode]) => (mode === undefined ? [] : [[path, mode]])));
}

function readValue(field: string, value: EnvironmentValue, reader: Reader): ReadValue {
  const parts = partsOf(value);
  if (parts) return readUsable(field, parts, reader);
  const { text, got, write } = plainValue(value);
  if (write !== undefined) reader.report({ field, got, write });
  return { template: plain(text), used: [] };
}

function readFile(field: string, content: FileProps['content'], reader: Reader): ReadValue {
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

/** Files by path as folders. @param contents the content of each file, or the name of its secret */
function folders(contents: readonly (readonly [path: string, content: string])[]): Folder[] {
  const byPath = new Map<string, Record<string, string>>();
  for (const [path, content] of contents) {
    const folder = posix.dirname(path);
    byPath.set(folder, { ...byPath.get(folder), [posix.basename(path)]: content });
  }
  return [...byPath].map(([path, files]) => ({ path, files }));
}
