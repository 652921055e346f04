import type { LoweredComponent } from './lowered';
import type { ComponentOverrides } from '../target/override';

/** The overrides of the application's environment, by component. */
export function overridesOf(lowered: readonly LoweredComponent[]): ComponentOverrides[] {
  return lowered.flatMap(({ component, own }) => {
    const { overrides = [] } = component.settings;
    if (overrides.length === 0) return [];
    const workloads = own.map(({ name }) => name);
    return [{ component: component.name, workloads, overrides }];
  });
}
