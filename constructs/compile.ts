import type { Application } from './application';
import { Component } from './component';
import type { Environment } from './environment';
import { distinct, IssuesError, type Issue } from './issue';
import { secretsOf } from './model/template';
import type { ApplicationModel, Workload } from './model/workload';
import { inStartOrder } from './start-order';
import { isLabel, labelHint } from './model/name';
import { validate } from './validation/model';

/**
 * Lowers an application to its model.
 * @throws IssuesError with everything that is wrong with it
 */
export function compile(application: Application): ApplicationModel {
  const components = application.node.findAll().filter((construct) => construct instanceof Component);
  const workloads = components.flatMap((component) => component.toModel());
  const order = inStartOrder(workloads);
  const model: ApplicationModel = {
    name: application.name,
    environment: application.environment.name,
    version: application.version,
    owner: application.owner,
    workloads: order.kind === 'ordered' ? order.workloads : workloads,
    secrets: secretNames(workloads),
  };
  const issues = [
    ...application.issues,
    ...validate(
      model,
      components.map(({ name }) => name),
    ),
    ...(order.kind === 'cycle' ? [cycleIssue(model, order.names)] : []),
    ...environmentIssues(application, model, components),
  ];
  if (issues.length > 0) throw new IssuesError(distinct(issues));
  return model;
}

function secretNames(workloads: readonly Workload[]): string[] {
  const names = workloads.flatMap(({ environment, secretFiles }) => [
    ...Object.values(environment).flatMap(secretsOf),
    ...secretFiles.flatMap(({ files }) => Object.values(files)),
  ]);
  return [...new Set(names)].sort();
}

function cycleIssue(model: ApplicationModel, names: readonly string[]): Issue {
  return {
    path: `${model.name}/${names[0]}`,
    field: 'waitsFor',
    got: [...names, names[0]].join(' -> '),
    write: 'a start order without a cycle',
  };
}

function environmentIssues(
  { environment, name }: Application,
  model: ApplicationModel,
  components: readonly Component[],
): Issue[] {
  const path = `${name} (${environment.name})`;
  const known = components.map((component) => component.name);
  const strangers = Object.keys(environment.components).filter((setting) => !known.includes(setting));
  const untaken = components.flatMap((component) => untakenSettings(path, component));
  const unknown = strangers.map((stranger) => ({
    path,
    field: 'components',
    got: stranger,
    write: `the name of a component: ${known.join(', ')}`,
  }));
  return [
    ...unknown,
    ...untaken,
    ...secretIssues(path, environment, model),
    ...clusterIssues(path, environment, model),
  ];
}

function untakenSettings(path: string, { name, settings, takes }: Component): Issue[] {
  const given = Object.entries(settings satisfies object as Record<string, unknown>).filter(
    ([setting]) => !takes.some((taken) => taken === setting),
  );
  const write =
    takes.length > 0 ? `nothing: ${name} takes ${takes.join(', ')}` : `nothing: ${name} takes no settings`;
  return given.map(([setting, got]) => ({ path, field: `components.${name}.${setting}`, got, write }));
}

function secretIssues(path: string, environment: Environment, { secrets }: ApplicationModel): Issue[] {
  if (environment.secrets.kind !== 'none' || secrets.length === 0) return [];
  const write = `a source of secrets, such as envFile(), that provides ${secrets.join(', ')}`;
  return [{ path, field: 'secrets', got: undefined, write }];
}

function clusterIssues(path: string, environment: Environment, { workloads }: ApplicationModel): Issue[] {
  if (environment.target !== 'kubernetes') return [];
  const { namespace, registry } = environment;
  const named = isLabel(namespace) ? [] : [{ path, field: 'namespace', got: namespace, write: labelHint }];
  const built = workloads.filter(({ image }) => image.kind === 'build').map(({ name }) => name);
  if (built.length === 0 || registry !== undefined) return named;
  const write = `the registry that the cluster pulls the images of ${built.join(', ')} from`;
  return [...named, { path, field: 'registry', got: registry, write }];
}
