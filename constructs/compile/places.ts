import { placeOf, type CodePlace } from '../code-place';
import type { Application } from '../components/application';
import { IssuesError, type Issue } from '../issue';
import { componentPath, environmentPath } from '../model/path';
import { componentsOf, workloadsOf } from './lowered';

/**
 * Returns a function that adds to an issue the place in the stack that creates its component or environment. The other
 * workloads of a component, such as `database-backup`, have the place of the component. An issue of a setting that an
 * environment has for a component has the place of the environment.
 *
 * @param applications the applications that issues may belong to. They are searched only if there is an issue.
 */
export function withPlace(...applications: readonly Application[]): (issue: Issue) => Issue {
  let places: ReadonlyMap<string, CodePlace | undefined> | undefined;
  return (issue) => {
    if (issue.place) return issue;
    places ??= new Map(applications.flatMap(placesByPath));
    const settled = applications.flatMap((application) => inSettings(issue, application) ?? [])[0];
    if (settled) return settled;
    const place = places.get(issue.path);
    return place ? { ...issue, place } : issue;
  };
}

/** The issue with the place of the environment, if it is one of a setting there; otherwise undefined. */
function inSettings(issue: Issue, application: Application): Issue | undefined {
  const { name, environment } = application;
  const component = componentsOf(application).find((one) => componentPath(name, one.name) === issue.path);
  const [field = '', ...parts] = issue.field.split('.');
  if (!component || !Object.hasOwn(component.settings, field)) return undefined;
  // Variables of the environment are added to those of the component.
  const variable = parts[0] ?? String(issue.got);
  if (field === 'env' && !Object.hasOwn(component.settings.env ?? {}, variable)) return undefined;
  const place = placeOf(environment);
  return place && { ...issue, place };
}

/**
 * Runs an action for applications, and adds places to the issues that it throws.
 * @throws IssuesError with the places
 */
export async function withPlaces(
  applications: readonly Application[],
  action: () => Promise<void>,
): Promise<void> {
  try {
    await action();
  } catch (error) {
    throw error instanceof IssuesError
      ? new IssuesError(error.issues.map(withPlace(...applications)))
      : error;
  }
}

function placesByPath(application: Application): (readonly [string, CodePlace | undefined])[] {
  const { name, environment } = application;
  const components = componentsOf(application);
  return [
    [name, placeOf(application)],
    [environmentPath(name, environment.name), placeOf(environment)],
    ...components.flatMap((component) =>
      workloadsOf(component).map(
        (workload) => [componentPath(name, workload.name), placeOf(component)] as const,
      ),
    ),
    // Last, so that a component wins over a workload of the same name that belongs to another component.
    ...components.map((component) => [componentPath(name, component.name), placeOf(component)] as const),
  ];
}
