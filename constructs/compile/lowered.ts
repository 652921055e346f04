import type { Component } from '../components/component';
import { thrownIssue } from '../issue';
import { componentPath } from '../model/path';
import type { Workload } from '../model/workload';

/** The workloads of a component. If props have the wrong type, an issue is reported, and there are no workloads. */
export function workloadsOf(component: Component): readonly Workload[] {
  const { application, name } = component;
  try {
    return component.toModel();
  } catch (error) {
    application.report(thrownIssue(componentPath(application.name, name), 'props', error));
    return [];
  }
}
