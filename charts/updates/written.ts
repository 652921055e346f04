import { isMapping, type Mapping } from '../../constructs/model/data';
import { readYaml } from '../../constructs/model/read-yaml';
import { valueAt } from '../../constructs/target/plain-data';
import type { Files } from '../../constructs/target/update';

/** An object of the Kubernetes API in a written file. */
export interface WrittenObject {
  readonly kind: string;
  readonly name: string;
  /** Empty for an object of the cluster. */
  readonly namespace: string;
  /** The file, without its extension. It is named after the workload. */
  readonly file: string;
  readonly text: string;
}

/** The objects in the files of one environment. Files for a GitOps controller, which are in subfolders, are left out. */
export function objectsOf(files: Files): WrittenObject[] {
  return Object.entries(files).flatMap(([path, text]) =>
    path.endsWith('.yaml') && !path.includes('/')
      ? text.split(/^---\n/m).flatMap((document) => object(path.slice(0, -'.yaml'.length), document))
      : [],
  );
}

// Reading the few lines that name an object is much faster than reading YAML, and most objects are the same in both files.
function object(file: string, text: string): WrittenObject[] {
  const [, kind = ''] = /^kind: (\w+)$/m.exec(text) ?? [];
  const [, metadata = ''] = /^metadata:\n((?: .*\n)+)/m.exec(text) ?? [];
  const field = (name: string) => new RegExp(`^  ${name}: '?([^'\\n]+)'?$`, 'm').exec(metadata)?.[1] ?? '';
  const name = field('name');
  return kind === '' || name === '' ? [] : [{ kind, name, namespace: field('namespace'), file, text }];
}

/** What makes two objects the same one in a cluster. */
export function identity({ kind, namespace, name }: WrittenObject): string {
  return [kind, namespace, name].join(' ');
}

/** All fields of an object; none if its text is not YAML. */
export function contentOf(text: string): Mapping {
  return readYaml(text) ?? {};
}

/** The mapping at a path; empty if there is none. */
export function mappingAt(content: unknown, path: string): Mapping {
  const value = valueAt(content, path);
  return isMapping(value) ? value : {};
}

/** The text at a path; empty if there is none. */
export function textAt(content: unknown, path: string): string {
  const value = valueAt(content, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
