import type { Application } from '../components/application';
import { Component } from '../components/component';
import { IssuesError, misreadIssue } from '../issue';
import { componentPath } from '../model/path';
import type { Workload } from '../model/workload';

/** A component with its workloads. */
export interface LoweredComponent {
  readonly component: Component;
  readonly own: readonly Workload[];
}

/** The components of an application. */
export function componentsOf({ node }: Application): Component[] {
  return node.findAll().filter((construct) => construct instanceof Component);
}

/** The workloads of a component. If props have the wrong type, an issue is reported, and there are no workloads. */
export function workloadsOf(component: Component): readonly Workload[] {
  const { application, name } = component;
  if (!application.isComplete(name)) return [];
  try {
    return component.toModel();
  } catch (error) {
    const path = componentPath(application.name, name);
    const issues = error instanceof IssuesError ? error.issues : [misreadIssue(path, 'props', error)];
    for (const issue of issues) application.report(issue);
    return [];
  }
}
