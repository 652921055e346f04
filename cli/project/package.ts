import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { IssuesError } from '../../constructs/issue';
import { isMapping, isObject, type Mapping } from '../../constructs/model/data';

/** What a project's package.json says. */
export interface Package {
  /** Nothing where the project has no name. */
  readonly name: string | undefined;
  /** The names of the packages that it needs, to run and to develop. */
  readonly needed: ReadonlySet<string>;
}

const file = 'package.json';

/**
 * Reads the package.json of a project; nothing where there is none.
 * @throws IssuesError where it is no JSON, or its name is no text
 */
export function readPackage(project: string): Package | undefined {
  const path = join(project, file);
  if (!existsSync(path)) return undefined;
  // npm takes a byte order mark as well.
  const { name, dependencies, devDependencies } = fieldsOf(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  if (name !== undefined && typeof name !== 'string')
    throw new IssuesError([{ path: file, field: 'name', got: name, write: 'a name, such as "shop"' }]);
  return { name, needed: new Set([dependencies, devDependencies].flatMap(keysOf)) };
}

/** The name of a project, fit for the name of a file: that of its package.json, or that of its folder. */
export function projectName(project: string): string {
  return (readPackage(project)?.name ?? basename(project)).replace(/[^a-z0-9-]+/gi, '-');
}

function fieldsOf(text: string): Mapping {
  const value = parsed(text);
  if (isMapping(value)) return value;
  const write = 'an object in JSON, as npm init --yes does';
  throw new IssuesError([{ path: file, field: 'content', got: text.slice(0, 40), write }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : [];
}
