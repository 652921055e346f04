import type { Component } from '../components/component';
import { thrownIssue } from '../issue';
import type { Workload } from '../model/workload';

/** The workloads of a component; none if its props are of another type than they say, which is reported. */
export function workloadsOf(component: Component): readonly Workload[] {
  const { application, name } = component;
  try {
    return component.toModel();
  } catch (error) {
    application.report(thrownIssue(`${application.name}/${name}`, 'props', error));
    return [];
  }
}
