import type { Application } from '../../constructs/components/application';
import { distinct, gather, IssuesError, type Issue } from '../../constructs/issue';
import { once, type Found } from '../../constructs/pipeline/once';
import { tryApplications, tryStacks } from './load';
import { lineIn } from './place';

/** What a command line names; undefined stands for all. */
export interface Selection {
  readonly application: string | undefined;
  readonly environment: string | undefined;
}

/** The applications that a command line names, and the mistakes that were found when they were created. */
export interface Selected {
  readonly project: string;
  readonly applications: readonly Application[];
  /** The mistakes in the files of stacks. */
  readonly files: readonly Issue[];
  /** The mistakes of applications. */
  readonly found: readonly Found[];
}

/**
 * Creates the applications that a command line names.
 * @throws IssuesError if there is no such stack or environment
 */
export function select(project: string, { application, environment }: Selection): Selected {
  const { done, issues } = tryStacks(project, application);
  // The environment may be one of a stack that cannot be loaded.
  if (issues.length > 0 && !done.some(({ stack }) => Object.hasOwn(stack.environments, environment ?? '')))
    if (environment !== undefined) throw new IssuesError(issues);
  return { project, files: issues, ...tryApplications(done, environment) };
}

/**
 * Runs an action for each application.
 * @param across finds mistakes between applications, in the results of those without mistakes
 * @throws IssuesError with the mistakes of all files and applications, each once
 */
export function forEachApplication<Done>(
  { project, applications, files, found }: Selected,
  action: (application: Application) => Done,
  across: (done: readonly Done[]) => readonly Issue[] = () => [],
): readonly Done[] {
  const print = lineIn(project);
  const results = applications.map((application) => {
    const { name, environment } = application;
    const { done, issues } = gather([application], action);
    return { done, found: { application: name, environment, issues } };
  });
  const done = results.flatMap((one) => one.done);
  const all = [...found, ...results.map((one) => one.found)];
  const issues = distinct([...files, ...once(all, print), ...across(done)], print);
  if (issues.length > 0) throw new IssuesError(issues);
  return done;
}
