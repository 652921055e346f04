import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Application } from '../../constructs/components/application';
import { IssuesError, type Issue } from '../../constructs/issue';
import type { Stack } from '../../constructs/stack';
import type { Environment } from '../../constructs/environment/environment';
import { thrownIssues } from './thrown';
import { registerTypeScript } from './typescript';

/** A stack and the name of its file or folder, which is its application's as well. */
export interface LoadedStack {
  readonly name: string;
  readonly stack: Stack;
}

const extensions = ['.ts', '.js', '.cjs'];

/**
 * Loads the stacks of a project: `stacks/<name>.ts` or `stacks/<name>/index.ts`.
 * @param only the name of one, to load no other
 * @throws IssuesError where there is no such stack, or a file exports none
 */
export function loadStacks(project: string, only?: string): LoadedStack[] {
  const folder = resolve(project, 'stacks');
  const files = stackFiles(folder);
  const chosen = [...files].filter(([name]) => only === undefined || name === only);
  if (chosen.length === 0) throw new IssuesError([nothingFound(folder, [...files.keys()], only)]);
  registerTypeScript(project);
  return chosen.map(([name, file]) => ({ name, stack: loadStack(name, file) }));
}

/**
 * The applications of stacks, each in every environment or in the one that is named.
 * @throws IssuesError where no stack has that environment, or an application has another name than its file
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
    throw new IssuesError([...new Set(strangers.map(({ name }) => name))].map(twoCopies));
  const misnamed = applications
    .filter(({ name, application }) => application.name !== name)
    .map(({ name, application }) => ({
      path: `stacks/${name}`,
      field: 'name',
      got: application.name,
      write: `${name}, the name of its file or folder`,
    }));
  if (misnamed.length > 0) throw new IssuesError(misnamed);
  return applications.map(({ application }) => application);
}

/** Runs the constructors of an application. What they throw is told with the line of the project that it comes from. */
function created(name: string, stack: Stack, environment: Environment): Application {
  try {
    return stack.create(environment);
  } catch (error) {
    throw thrownIssues(error, 'constructor', `${name} (${environment.name})`);
  }
}

function stackFiles(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const candidates = entry.isDirectory()
      ? extensions.map((extension) => [entry.name, join(folder, entry.name, `index${extension}`)] as const)
      : extensions
          .filter((extension) => entry.name.endsWith(extension) && !entry.name.endsWith('.d.ts'))
          .map((extension) => [entry.name.slice(0, -extension.length), join(folder, entry.name)] as const);
    const found = candidates.find(([, file]) => existsSync(file));
    if (found) files.set(...found);
  }
  return new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function loadStack(name: string, file: string): Stack {
  const module = moduleOf(name, file);
  const { environments, create } = module.default ?? {};
  if (environments && create) return { environments, create };
  throw new IssuesError([
    { path: file, field: 'default export', got: module.default, write: 'export default defineStack(…)' },
  ]);
}

/** Runs the file. What it throws is told with the line of the project that it comes from. */
function moduleOf(name: string, file: string): { readonly default?: Partial<Stack> } {
  try {
    return require(file) as { default?: Partial<Stack> };
  } catch (error) {
    const { code, message, requireStack } = error as Partial<NodeJS.ErrnoException & ModuleNotFound>;
    if (code !== 'MODULE_NOT_FOUND') throw thrownIssues(error, 'loading', `stacks/${name}`);
    const [, got] = /^Cannot find module '([^']*)'/.exec(message ?? '') ?? [];
    const write = 'the path of a file that is there, or a package that is installed';
    throw new IssuesError([{ path: requireStack?.[0] ?? file, field: 'import', got, write }]);
  }
}

interface ModuleNotFound {
  /** The file that asks for it, and those that ask for that. */
  readonly requireStack: readonly string[];
}

function nothingFound(folder: string, known: readonly string[], only: string | undefined): Issue {
  if (known.length > 0 && only !== undefined) return unknown('application', only, known);
  return {
    path: folder,
    field: 'stacks',
    got: [],
    write: 'an application in stacks/<name>.ts or stacks/<name>/index.ts',
  };
}

// What one copy makes, another does not know: it would be passed over in silence.
function twoCopies(name: string): Issue {
  return {
    path: `stacks/${name}`,
    field: 'catamaran',
    got: 'another copy of the library than this command is a part of',
    write: 'npx catamaran in the project, so that both are the one that is installed there',
  };
}

function unknown(field: string, got: string, known: readonly string[]): Issue {
  return { path: 'catamaran', field, got, write: `one of ${known.join(', ')}` };
}
