import { placeOf, type CodePlace } from '../code-place';
import type { Application } from '../components/application';
import { Component } from '../components/component';
import { IssuesError, type Issue } from '../issue';
import { componentPath, environmentPath } from '../model/path';
import { workloadsOf } from './lowered';

/**
 * Adds to an issue the place at which the stack creates its component or its environment. The place of a component is
 * also that of its other workloads, such as `database-backup`.
 *
 * @param applications those that the issues may be about; they are searched when there is an issue
 */
export function withPlace(...applications: readonly Application[]): (issue: Issue) => Issue {
  let places: ReadonlyMap<string, CodePlace | undefined> | undefined;
  return (issue) => {
    places ??= new Map(applications.flatMap(placesByPath));
    const place = issue.place ?? places.get(issue.path);
    return place ? { ...issue, place } : issue;
  };
}

/** Runs an action for applications, and adds places to the issues that it throws. @throws IssuesError */
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
  const { name, environment, node } = application;
  const components = node.findAll().filter((construct) => construct instanceof Component);
  return [
    [environmentPath(name, environment.name), placeOf(environment)],
    ...components.flatMap((component) =>
      workloadsOf(component).map(
        (workload) => [componentPath(name, workload.name), placeOf(component)] as const,
      ),
    ),
    // Last, as a component's own name counts more than the workload of another.
    ...components.map((component) => [componentPath(name, component.name), placeOf(component)] as const),
  ];
}
