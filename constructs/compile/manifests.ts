import { readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';
import type { Application } from '../components/application';
import type { Issue } from '../issue';
import { isMapping, type Mapping } from '../model/data';
import {
  groupOf,
  isClusterKind,
  isOfKubernetes,
  titleOf,
  type OwnManifest,
  type OwnMetadata,
  type OwnObject,
} from '../model/own-object';
import { environmentPath } from '../model/path';
import { isFile, isFolder } from '../values/files';
import type { Manifest } from '../values/manifest';
import { readDocuments } from './manifest-file';

/** The objects of the stack's own manifests, and what is wrong with them. */
export interface ReadManifests {
  readonly manifests: readonly OwnManifest[];
  readonly issues: readonly Issue[];
}

/** An object of a file, before it is known whether it has a namespace. */
interface Found {
  readonly file: string;
  readonly line: number;
  readonly object: OwnObject;
  readonly source: Manifest;
}

/** Reads the manifests of an environment. @param namespace the namespace of objects that name none */
export function readManifests(application: Application, namespace: string): ReadManifests {
  const issues: Issue[] = [];
  const report: Tell = (got, problem, write) => {
    const path = environmentPath(application.name, application.environment.name);
    const sentence = `manifests: ${got} ${problem}: write ${write}`;
    issues.push({ path, field: 'manifests', got, write, sentence });
  };
  const found = application.environment.manifests.flatMap((source) =>
    filesOf(application.folder, source.path, report).flatMap((file) =>
      objectsOf(application.folder, file, source, report),
    ),
  );
  const scopes = scopesIn(found);
  const placed = found.map((one) => ({ ...one, object: inNamespace(one, scopes, namespace) }));
  tellTwice(placed, report);
  return { manifests: placed.map(({ file, object }) => ({ file, object })), issues };
}

/** Tells of a mistake. @param got the file, with its line */
type Tell = (got: string, problem: string, write: string) => void;

const isManifest = (name: string) => /\.(ya?ml|json)$/.test(name);

/** The files at a path, relative to the application's folder, in the order of their names. */
function filesOf(folder: string, path: string, report: Tell): string[] {
  const relative = posix.normalize(path);
  if (path === '' || isAbsolute(path)) {
    report(
      JSON.stringify(path),
      'is no path in the application',
      "a path relative to the application's folder",
    );
    return [];
  }
  if (isFile(join(folder, relative))) return [relative];
  if (!isFolder(join(folder, relative))) {
    report(relative, 'does not exist', `a file or folder that exists in ${folder}`);
    return [];
  }
  const files = readdirSync(join(folder, relative), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isManifest(entry.name))
    .map((entry) => posix.join(relative, entry.parentPath.slice(join(folder, relative).length), entry.name))
    .sort();
  if (files.length === 0) report(relative, 'has no files .yaml, .yml or .json', 'a folder with such files');
  return files;
}

function objectsOf(folder: string, file: string, source: Manifest, report: Tell): Found[] {
  const { documents, mistakes } = readDocuments(readFileSync(join(folder, file), 'utf8'));
  for (const { line, problem, write } of mistakes) report(`${file}:${line}`, problem, write);
  return documents.flatMap(({ line, content }) =>
    itemsOf(content).flatMap((item): Found[] => {
      const mistake = mistakeIn(item);
      if (mistake !== undefined) report(`${file}:${line}`, ...mistake);
      return isOwnObject(item) ? [{ file, line, object: item, source }] : [];
    }),
  );
}

/** The objects of a document: itself, or the items of a list. */
function itemsOf(content: unknown): readonly unknown[] {
  if (!isMapping(content)) return [content];
  const { kind, items } = content;
  const isList = typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
  return isList ? items.flatMap(itemsOf) : [content];
}

function isOwnObject(item: unknown): item is OwnObject {
  return isMapping(item) && mistakeIn(item) === undefined;
}

/** What is wrong with an object, and what to write instead. */
function mistakeIn(item: unknown): [problem: string, write: string] | undefined {
  if (!isMapping(item)) return ['is no object of Kubernetes', 'apiVersion, kind and metadata'];
  const { apiVersion, kind, metadata } = item;
  if (typeof apiVersion !== 'string' || apiVersion === '')
    return ['has no apiVersion', 'such as apiVersion: v1'];
  if (typeof kind !== 'string' || kind === '') return ['has no kind', 'such as kind: ConfigMap'];
  if (!isMapping(metadata) || typeof metadata['name'] !== 'string' || metadata['name'] === '')
    return [`is a ${kind} without a name`, 'metadata.name, which says what an update replaces'];
  const { namespace } = metadata;
  if (namespace !== undefined && typeof namespace !== 'string')
    return ['has a namespace that is no text', 'metadata.namespace as a text'];
  return secretMistake(item, kind, metadata['name']);
}

function secretMistake(item: Mapping, kind: string, name: string): [string, string] | undefined {
  if (kind !== 'Secret' || item['apiVersion'] !== 'v1') return undefined;
  const isEmpty = (values: unknown) =>
    values === undefined || values === null || (isMapping(values) && Object.keys(values).length === 0);
  if (isEmpty(item['data']) && isEmpty(item['stringData'])) return undefined;
  return [
    `has the values of the Secret ${name}, and no file may have them`,
    'a SealedSecret or an ExternalSecret, or name the secrets in a component',
  ];
}

/** What the CustomResourceDefinitions among the manifests say of their kinds. */
function scopesIn(found: readonly Found[]): ReadonlyMap<string, boolean> {
  return new Map(
    found.flatMap(({ object: { kind, spec } }): [string, boolean][] => {
      if (kind !== 'CustomResourceDefinition' || !isMapping(spec) || !isMapping(spec['names'])) return [];
      return [[`${String(spec['names']['kind'])}.${String(spec['group'])}`, spec['scope'] === 'Cluster']];
    }),
  );
}

function inNamespace(
  { object, source }: Found,
  scopes: ReadonlyMap<string, boolean>,
  namespace: string,
): OwnObject {
  const { kind, metadata } = object;
  if (metadata.namespace !== undefined || isOfCluster(object, source, scopes)) return object;
  const { apiVersion, kind: _kind, metadata: _metadata, ...others } = object;
  const placed: OwnMetadata = { ...metadata, namespace };
  return { apiVersion, kind, metadata: placed, ...others };
}

function isOfCluster(
  object: OwnObject,
  { options: { scope } }: Manifest,
  scopes: ReadonlyMap<string, boolean>,
): boolean {
  if (isOfKubernetes(object) && isClusterKind(object.kind)) return true;
  const defined = scopes.get(`${object.kind}.${groupOf(object)}`);
  if (defined !== undefined) return defined;
  if (isOfKubernetes(object)) return false;
  return scope === undefined ? object.kind.startsWith('Cluster') : scope === 'cluster';
}

function tellTwice(found: readonly Found[], report: Tell): void {
  const first = new Map<string, string>();
  for (const { file, line, object } of found) {
    const title = titleOf(object);
    const key = `${title} ${object.metadata.namespace ?? ''}`;
    const place = first.get(key);
    if (place === undefined) first.set(key, `${file}:${line}`);
    else report(`${file}:${line}`, `has ${title}, and so has ${place}`, 'it once');
  }
}
