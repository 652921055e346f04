import { extname, resolve } from 'node:path';
import { types } from 'node:util';
import { placeOf } from '../../constructs/code-place';
import { Application } from '../../constructs/components/application';
import { formatIssue, gather, IssuesError, type Gathered, type Issue } from '../../constructs/issue';
import { once, type Found } from '../../constructs/pipeline/once';
import type { Stack } from '../../constructs/stack';
import type { Environment } from '../../constructs/environment/environment';
import { runStackCode } from './stack-code';
import { isUsed, stackFiles, type Stray } from './stack-files';
import { thrownIssues } from './thrown';
import { registerTypeScript } from './typescript';
import { environmentPath } from '../../constructs/model/path';

/** A stack, and the name of its file or folder. The application must have the same name. */
export interface LoadedStack {
  readonly name: string;
  readonly stack: Stack;
}

/**
 * Loads the stacks of a project: `stacks/<name>.ts` or `stacks/<name>/index.ts`.
 * @param only the name of the stack to load; all stacks without it
 * @throws IssuesError if there is no such stack, and with all mistakes in the files
 */
export function loadStacks(project: string, only?: string): LoadedStack[] {
  const { done, issues } = tryStacks(project, only);
  if (issues.length > 0) throw new IssuesError(issues);
  return [...done];
}

/** Does the same as `loadStacks`, but returns the mistakes in the files together with the stacks that have none. */
export function tryStacks(project: string, only?: string): Gathered<LoadedStack> {
  const folder = resolve(project, 'stacks');
  const { files, strays } = stackFiles(folder);
  const isChosen = (name: string) => only === undefined || name === only;
  const chosen = [...files].filter(([name]) => isChosen(name));
  registerTypeScript(project);
  const { done, issues } = gather(chosen, ([name, file]) => ({ name, stack: loadStack(name, file) }));
  // A stack that cannot be loaded may import the files of any folder.
  const isFine = (one: Stray) =>
    one.folder !== undefined && (issues.length > 0 || isUsed(one.folder, Object.keys(require.cache)));
  const wrong = strays.filter((one) => isChosen(one.name) && !isFine(one));
  if (chosen.length === 0 && wrong.length === 0)
    throw new IssuesError([nothingFound(folder, [...files.keys()], only)]);
  return { done, issues: [...wrong.map(({ issue }) => issue), ...issues] };
}

/** The names of all stacks of a project, sorted. */
export function stackNames(project: string): string[] {
  return [...stackFiles(resolve(project, 'stacks')).files.keys()].sort();
}

/**
 * Creates the applications of stacks in all their environments, or in one.
 * @throws IssuesError if no stack has the environment, or if an application has another name than its file
 */
export function createApplications(stacks: readonly LoadedStack[], environment?: string): Application[] {
  const { applications, found } = tryApplications(stacks, environment);
  const issues = once(found, formatIssue);
  if (issues.length > 0) throw new IssuesError(issues);
  return [...applications];
}

/** The applications that could be created, and the mistakes of the others. */
export interface Created {
  readonly applications: readonly Application[];
  readonly found: readonly Found[];
}

/**
 * Does the same as `createApplications`, but returns the mistakes of the applications.
 * @throws IssuesError if no stack has the environment
 */
export function tryApplications(stacks: readonly LoadedStack[], environment?: string): Created {
  const names = [...new Set(stacks.flatMap(({ stack }) => Object.keys(stack.environments)))];
  if (environment !== undefined && !names.includes(environment))
    throw new IssuesError([unknown('environment', environment, names)]);
  const all = stacks.flatMap(({ name, stack }) =>
    Object.values(stack.environments)
      .filter((one) => environment === undefined || one.name === environment)
      .map((one) => {
        const { done, issues } = gather([one], () => created(name, stack, one));
        const wrong = [...issues, ...done.flatMap((application) => misnamed(name, application))];
        return { done, found: { application: name, environment: one, issues: wrong } };
      }),
  );
  return { applications: all.flatMap(({ done }) => done), found: all.map(({ found }) => found) };
}

function misnamed(name: string, application: Application): Issue[] {
  if (application.name === name) return [];
  const write = `${name}, the name of its file or folder`;
  const place = placeOf(application);
  return [{ path: `stacks/${name}`, field: 'name', got: application.name, write, ...(place && { place }) }];
}

/**
 * Creates an application. An error in its code becomes an issue with the file and line in the project.
 * @throws IssuesError with that, or if it is no application
 */
function created(name: string, stack: Stack, environment: Environment): Application {
  const path = environmentPath(name, environment.name);
  const made = runStackCode(path, () => {
    try {
      return stack.create(environment);
    } catch (error) {
      throw thrownIssues(error, 'constructor', path);
    }
  });
  if (made instanceof Application) return made;
  throw new IssuesError([stranger(name, made)]);
}

function loadStack(name: string, file: string): Stack {
  const module = runStackCode(`stacks/${name}`, () => moduleOf(name, file));
  const { environments, create } = module.default ?? {};
  if (environments && create) return { environments, create };
  throw new IssuesError([noStack(file, module.default)]);
}

function noStack(path: string, got: unknown): Issue {
  const field = 'default export';
  const write = `${extname(path) === '.ts' ? 'export default' : 'exports.default ='} defineStack(…)`;
  if (got instanceof Promise)
    return { path, field, got, write, sentence: `${field} is a promise: write ${write} without await` };
  if (typeof got !== 'function') return { path, field, got, write };
  const call = write.replace('…', `${got.name === '' ? 'Shop' : got.name}, { dev: docker() }`);
  return { path, field, got, write, sentence: `${field} is a class or a function: write ${call}` };
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
