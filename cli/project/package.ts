import { basename, join } from 'node:path';
import { IssuesError } from '../../constructs/issue';
import { isObject, type Mapping } from '../../constructs/model/data';
import { readText } from './files';
import { jsonObject } from './json';

/** The content of a project's package.json. */
export interface Package {
  /** The name of the project; undefined if it has none. */
  readonly name: string | undefined;
  /** The names in `dependencies` and `devDependencies`. */
  readonly needed: ReadonlySet<string>;
}

const file = 'package.json';

/**
 * Reads the package.json of a project; undefined if there is none.
 * @throws IssuesError if it is not a JSON object, or its name is empty or not a text
 */
export function readPackage(project: string): Package | undefined {
  const text = readText(join(project, file));
  if (text === undefined) return undefined;
  // npm accepts a byte order mark too.
  const { name, dependencies, devDependencies } = fieldsOf(text.replace(/^\uFEFF/, ''));
  if (name !== undefined && (typeof name !== 'string' || name === '')) throw wrongName(name);
  return { name, needed: new Set([dependencies, devDependencies].flatMap(keysOf)) };
}

/**
 * The name in package.json, or the name of the folder, as a part of a file name. Different names stay different, because
 * the file with this name lists what may be deleted. So each character other than a-z, 0-9 and - becomes its code.
 * Capital letters do too, because some file systems do not tell them from small ones.
 * @throws IssuesError if there is no name, as in the root folder
 */
export function projectName(project: string): string {
  const name = readPackage(project)?.name ?? basename(project);
  if (name === '') throw wrongName(undefined);
  return name.replace(/[^a-z0-9-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}

function wrongName(got: unknown): IssuesError {
  return new IssuesError([{ path: file, field: 'name', got, write: 'a name, such as "shop"' }]);
}

function fieldsOf(text: string): Mapping {
  const fields = jsonObject(text);
  if (fields) return fields;
  const write = 'an object in JSON, as npm init --yes does';
  throw new IssuesError([{ path: file, field: 'content', got: text.slice(0, 40), write }]);
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
