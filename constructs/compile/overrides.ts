import type { Application } from '../components/application';
import { Component } from '../components/component';
import type { ComponentOverrides } from '../target/override';

/** The overrides of the application's environment, by component. */
export function overridesOf(application: Application): ComponentOverrides[] {
  const components = application.node.findAll().filter((construct) => construct instanceof Component);
  return components.flatMap((component) => {
    const { overrides = [] } = component.settings;
    if (overrides.length === 0) return [];
    const workloads = component.toModel().map(({ name }) => name);
    return [{ component: component.name, workloads, overrides }];
  });
}
