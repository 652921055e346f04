import type { Construct, IConstruct } from 'constructs';
import { Component } from './component';

/**
 * The components that `node.addDependency(…)` lets a component wait for: what it depends on itself, and what the groups
 * that it is in depend on. A group stands for all components in it.
 */
export function nodeDependencies(component: Component): Component[] {
  const found = component.node.scopes.flatMap((scope) => {
    const targets = scope.node.dependencies.flatMap(componentsIn);
    // An application that depends on its database: the database does not wait for itself.
    return targets.includes(component) ? [] : targets;
  });
  return [...new Set(found)];
}

/** A construct, if it is a component, and all components below it. */
export function componentsIn({ node }: IConstruct | Construct): Component[] {
  return node.findAll().filter((construct) => construct instanceof Component);
}
