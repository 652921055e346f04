import type { IConstruct } from 'constructs';
import type { Application } from '../../components/application';
import { Component } from '../../components/component';
import { External } from '../../components/external';
import { SharedVolume } from '../../components/shared-volume';
import { componentsIn } from '../../components/node-dependencies';
import { thrownIssue, type Issue } from '../../issue';
import { componentPath } from '../../model/path';

/** The issues of what the library `constructs` offers at `node`: of validations, dependencies and metadata. */
export function nodeIssues(application: Application): Issue[] {
  return application.node.findAll().flatMap((construct) => {
    const path = pathOf(construct, application.name);
    return [
      ...validationIssues(construct, path),
      ...dependencyIssues(construct, path),
      ...metadataIssues(construct, path),
    ];
  });
}

/** The path of the component that a construct is, or is a part of; otherwise the name of the application. */
function pathOf({ node }: IConstruct, application: string): string {
  const component = node.scopes.findLast((scope) => scope instanceof Component);
  return component ? componentPath(application, component.name) : application;
}

/** What the validations of `node.addValidation(…)` return. */
function validationIssues({ node }: IConstruct, path: string): Issue[] {
  const field = 'node.addValidation';
  try {
    return node.validate().map((text) => ({ path, field, got: text, write: text, sentence: text }));
  } catch (error) {
    return [thrownIssue(path, field, error)];
  }
}

function dependencyIssues(construct: IConstruct, path: string): Issue[] {
  const field = 'node.addDependency';
  const dependencies = construct.node.dependencies;
  const issue = (got: string, write: string, sentence: string): Issue => ({
    ...{ path, field, got, write },
    sentence: `${sentence}: ${write}`,
  });
  if (dependencies.length > 0 && construct instanceof External)
    return [
      issue(
        path,
        'remove node.addDependency',
        'an external service does not start here, so that it cannot wait',
      ),
    ];
  if (dependencies.length > 0 && construct instanceof SharedVolume)
    return [
      issue(path, 'remove node.addDependency', 'a shared volume does not start, so that it cannot wait'),
    ];
  return dependencies.flatMap((dependency) => {
    const name = dependency.node.path;
    if (dependency instanceof External)
      return [
        issue(
          name,
          `use a reference, such as ${name}.url`,
          `nothing can wait for the external service ${name}`,
        ),
      ];
    if (dependency instanceof SharedVolume)
      return [
        issue(
          name,
          'remove node.addDependency, because whoever mounts a volume has it from the start',
          `nothing can wait for the shared volume ${name}`,
        ),
      ];
    if (componentsIn(dependency).length > 0) return [];
    return [
      issue(
        name,
        'name a component, or a group with components',
        `${field} names ${name}, which has no components`,
      ),
    ];
  });
}

function metadataIssues({ node }: IConstruct, path: string): Issue[] {
  const field = 'node.addMetadata';
  return node.metadata.map(({ type }) => {
    const write = 'remove it, or write labels and annotations with an override in the environment';
    return {
      path,
      field,
      got: type,
      write,
      sentence: `${field} has ${JSON.stringify(type)}, which is written nowhere: ${write}`,
    };
  });
}
