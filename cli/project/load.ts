import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { types } from 'node:util';
import { placeOf } from '../../constructs/code-place';
import { Application } from '../../constructs/components/application';
import { IssuesError, type Issue } from '../../constructs/issue';
import type { Stack } from '../../constructs/stack';
import type { Environment } from '../../constructs/environment/environment';
import { inWords, stackExtensions } from './files';
import { thrownIssues } from './thrown';
import { registerTypeScript } from './typescript';
import { environmentPath } from '../../constructs/model/path';
import { sortedBy } from '../../constructs/model/sorted';

/** A stack, and the name of its file or folder. The application must have the same name. */
export interface LoadedStack {
  readonly name: string;
  readonly stack: Stack;
}

/**
 * Loads the stacks of a project: `stacks/<name>.ts` or `stacks/<name>/index.ts`.
 * @param only the name of the stack to load; all stacks without it
 * @throws IssuesError if there is no such stack, or if a file does not export a stack
 */
export function loadStacks(project: string, only?: string): LoadedStack[] {
  const folder = resolve(project, 'stacks');
  const files = stackFiles(folder);
  const chosen = [...files].filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) throw new IssuesError([nothingFound(folder, [...files.keys()], only)]);
  registerTypeScript(project);
  return chosen.map(([name, file]) => ({ name, stack: loadStack(name, file) }));
}

/** The names of all stacks of a project, sorted. */
export function stackNames(project: string): string[] {
  return [...stackFiles(resolve(project, 'stacks')).keys()];
}

/**
 * Creates the applications of stacks in all their environments, or in one.
 * @throws IssuesError if no stack has the environment, or if an application has another name than its file
 */
export function createApplications(stacks: readonly LoadedStack[], environment?: string): Application[] {
  const names = [...new Set(stacks.flatMap(({ stack }) => Object.keys(stack.environments)))];
  if (environment !== undefined && !names.includes(environment))
    throw new IssuesError([unknown('environment', environment, names)]);
  const applications = stacks.flatMap(({ name, stack }) =>
    Object.values(stack.environments)
      .filter((one) => environment === undefined || one.name === environment)
      .map((one) => ({ name, application: created(name, stack, one) })),
  );
  const strangers = applications.filter(({ application }) => !(application instanceof Application));
  if (strangers.length > 0)
    throw new IssuesError([
      ...new Map(strangers.map((one) => [one.name, stranger(one.name, one.application)])).values(),
    ]);
  const misnamed = applications
    .filter(({ name, application }) => application.name !== name)
    .map(({ name, application }): Issue => {
      const write = `${name}, the name of its file or folder`;
      return placed({ path: `stacks/${name}`, field: 'name', got: application.name, write }, application);
    });
  if (misnamed.length > 0) throw new IssuesError(misnamed);
  return applications.map(({ application }) => application);
}

function placed(issue: Issue, made: object): Issue {
  const place = placeOf(made);
  return place ? { ...issue, place } : issue;
}

/** Creates an application. An error in its code becomes an issue with the file and line in the project. */
function created(name: string, stack: Stack, environment: Environment): Application {
  try {
    return stack.create(environment);
  } catch (error) {
    throw thrownIssues(error, 'constructor', environmentPath(name, environment.name));
  }
}

function stackFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of existsSync(folder) ? entriesOf(folder) : []) {
    const candidates = entry.isDirectory()
      ? stackExtensions.map(
          (extension) => [entry.name, join(folder, entry.name, `index${extension}`)] as const,
        )
      : stackExtensions
          .filter((extension) => entry.name.endsWith(extension) && !entry.name.endsWith('.d.ts'))
          .map((extension) => [entry.name.slice(0, -extension.length), join(folder, entry.name)] as const);
    const found = candidates.find(([, file]) => existsSync(file));
    if (found) files.set(...found);
  }
  return new Map(sortedBy(files, ([name]) => name));
}

function entriesOf(folder: string): Dirent[] {
  return inWords(folder, () => readdirSync(folder, { withFileTypes: true }));
}

function loadStack(name: string, file: string): Stack {
  const module = moduleOf(name, file);
  const { environments, create } = module.default ?? {};
  if (environments && create) return { environments, create };
  throw new IssuesError([
    { path: file, field: 'default export', got: module.default, write: 'export default defineStack(…)' },
  ]);
}

/** Loads the file of a stack. An error in its code becomes an issue with the file and line in the project. */
function moduleOf(name: string, file: string): { readonly default?: Partial<Stack> } {
  try {
    return require(file) as { default?: Partial<Stack> };
  } catch (error) {
    // A stack can throw anything, also null.
    const { code, message, requireStack } = (error ?? {}) as Partial<NodeJS.ErrnoException & ModuleNotFound>;
    if (code !== 'MODULE_NOT_FOUND') throw thrownIssues(error, 'loading', `stacks/${name}`);
    const [, got] = /^Cannot find module '([^']*)'/.exec(message ?? '') ?? [];
    const write = 'the path of a file that exists, or the name of an installed package';
    const place = types.isNativeError(error) ? error : undefined;
    throw new IssuesError([
      { ...(place && { place }), path: requireStack?.[0] ?? file, field: 'import', got, write },
    ]);
  }
}

interface ModuleNotFound {
  /** The file with the import, then the file that imports this file, and so on. */
  readonly requireStack: readonly string[];
}

function nothingFound(folder: string, known: readonly string[], only: string | undefined): Issue {
  if (known.length > 0 && only !== undefined) return unknown('application', only, known);
  const write = 'one in stacks/<name>.ts or stacks/<name>/index.ts';
  return {
    path: folder,
    field: 'stacks',
    got: [],
    write,
    sentence: `this folder contains no stack: write ${write}`,
  };
}

/** The issue for what is no Application: it is one of another copy of the library, or its class extends something else. */
function stranger(name: string, application: object): Issue {
  if (hasClass(application, Application.name)) return twoCopies(name);
  const write = 'a class that extends Application';
  const field = 'first argument of defineStack(…)';
  const got = 'a class that does not extend Application';
  const sentence = `${field} is ${got}: write class Shop extends Application { … }`;
  return { path: `stacks/${name}`, field, got, write, sentence };
}

function hasClass(object: object | null, name: string): boolean {
  if (object === null) return false;
  return object.constructor.name === name || hasClass(Object.getPrototypeOf(object) as object | null, name);
}

// The classes of another copy of the library are different classes, so `instanceof` fails.
function twoCopies(name: string): Issue {
  const got = 'another copy of catamaran than this command';
  const write = 'npx catamaran';
  const sentence = `it imports ${got}: run npx catamaran in the project, so that both use the installed copy`;
  return { path: `stacks/${name}`, field: 'catamaran', got, write, sentence };
}

function unknown(field: string, got: string, known: readonly string[]): Issue {
  return { path: 'catamaran', field, got, write: `one of ${known.join(', ')}` };
}
