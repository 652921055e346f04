import type { Application } from '../components/application';
import type { Component } from '../components/component';
import { readEncrypted } from './encrypted';
import { componentsOf, workloadsOf, type LoweredComponent } from './lowered';
import { withPlace } from './places';
import { problemsOf, type Environment } from '../environment/environment';
import { unknownField } from '../shape/object';
import type { Target } from '../target/target';
import { distinct, IssuesError, type Issue } from '../issue';
import { plainCopy } from '../model/data';
import { toExceptions } from '../model/exception';
import { imageProblem, registryProblem } from '../model/image';
import { componentPath, environmentPath } from '../model/path';
import { usedSecrets } from '../model/secret';
import type { ApplicationModel } from '../model/workload';
import { wordOf } from '../values/reference';
import { withConnections } from './connections';
import { readManifests } from './manifests';
import { inStartOrder } from './start-order';
import { forbiddenNeeds } from './validation/forbidden-needs';
import { validate } from './validation/model';
import { nodeIssues } from './validation/nodes';
import { plainNameIssues } from './validation/plain-names';
import { secretDefaultIssues, secretDefaults } from './secret-defaults';
import { secretSourceIssues } from './validation/secrets';
import { sharedVolumeIssues } from './validation/shared-volumes';

/** The model of an application, and everything that is wrong with it. */
export interface Examined {
  readonly model: ApplicationModel;
  readonly issues: readonly Issue[];
  /** The components with their workloads. */
  readonly lowered: readonly LoweredComponent[];
}

/**
 * Turns an application into its model.
 * @throws IssuesError with everything that is wrong with the application
 */
export function compile(application: Application, target: Target): ApplicationModel {
  const { model, issues } = examine(application, target);
  if (issues.length > 0) throw new IssuesError(issues.map(withPlace(application)));
  return model;
}

/**
 * Turns an application into its model without throwing, so that a caller can add issues of its own. Do not use a model
 * that has issues.
 */
export function examine(application: Application, target: Target): Examined {
  const components = componentsOf(application);
  const complete = components.filter(({ name }) => application.isComplete(name));
  const lowered = withConnections(
    components.map((component) => ({ component, own: workloadsOf(component) })),
  );
  const workloads = lowered.flatMap(({ own }) => own);
  const order = inStartOrder(workloads);
  const secrets = [...new Set(workloads.flatMap(usedSecrets))].sort();
  const random = new Set(complete.flatMap((component) => component.randomSecrets));
  const { encrypted, issues: unreadable } = readEncrypted(application, target);
  const { manifests, issues: ofManifests } = readManifests(
    application,
    target.secretObject(application.name, application.environment)?.namespace ?? '',
  );
  const model = plainCopy<ApplicationModel>({
    name: application.name,
    environmentName: application.environment.name,
    version: application.version,
    owner: application.owner,
    workloads: order.kind === 'ordered' ? order.workloads : workloads,
    secrets,
    secretDefaults: secretDefaults(complete, secrets),
    randomSecrets: secrets.filter((secret) => random.has(secret)),
    encrypted,
    manifests,
    exceptions: toExceptions(application.environment.exceptions),
  });
  const issues = [
    ...application.issues,
    ...nodeIssues(application),
    ...validate(
      model,
      lowered.flatMap(({ component: { name }, own }) => [
        ...new Set([name, ...own.map((workload) => workload.name)]),
      ]),
    ),
    ...sharedVolumeIssues(model, application, complete),
    ...plainNameIssues(application.name, lowered),
    ...secretDefaultIssues(model, complete),
    ...(order.kind === 'cycle' ? [cycleIssue(model, order.names)] : []),
    ...environmentIssues(application, target, model, components),
    ...unreadable,
    ...ofManifests,
  ];
  return { model, issues: distinct(issues), lowered };
}

function cycleIssue(model: ApplicationModel, names: readonly string[]): Issue {
  const [first = ''] = names;
  return {
    path: componentPath(model.name, first),
    field: 'waitsFor',
    got: [...names, first].join(' -> '),
    write: `a start order that is not a circle; later(() => ${wordOf(first)}.url) refers without waiting`,
  };
}

function environmentIssues(
  { environment, name }: Application,
  target: Target,
  model: ApplicationModel,
  components: readonly Component[],
): Issue[] {
  const path = environmentPath(name, environment.name);
  const known = components.map((component) => component.name);
  const strangers = Object.keys(environment.components).filter((setting) => !known.includes(setting));
  const untaken = components.flatMap((component) => untakenSettings(path, component));
  const unknown = strangers.map((stranger) => ({
    path,
    field: 'components',
    got: stranger,
    write: `one of ${known.join(', ')}`,
    sentence: `components has ${JSON.stringify(stranger)}, which is not a component: write one of ${known.join(', ')}`,
  }));
  const problems = problemsOf(environment);
  const others = [
    ...secretSourceIssues(path, environment, model),
    ...registryIssues(path, environment),
    ...toolboxIssues(path, environment),
    ...forbiddenNeeds(model, environment),
    ...target.validate(model, environment),
  ];
  // An option that is wrong was left out. That it is missing now is not told as well.
  const leftOut = new Set(problems.map(({ field }) => optionOf(field)));
  return [
    ...problems.map((problem) => ({ path, ...problem })),
    ...unknown,
    ...untaken,
    ...others.filter(({ field }) => !leftOut.has(optionOf(field))),
  ];
}

/** The option that a field such as `proxy.controller.labels` is in. */
function optionOf(field: string): string {
  return field.replace(/[.[].*$/, '');
}

function untakenSettings(path: string, { name, settings, acceptedSettings }: Component): Issue[] {
  const given = Object.entries(settings satisfies object as Record<string, unknown>).filter(
    ([setting]) => !acceptedSettings.some((taken) => taken === setting),
  );
  return given.map(([setting]) => ({
    path,
    ...unknownField(setting, acceptedSettings, `a setting of ${name}`, `components.${name}.`),
  }));
}

function registryIssues(path: string, { registry }: Environment): Issue[] {
  const write = registry === undefined ? undefined : registryProblem(registry);
  return write === undefined ? [] : [{ path, field: 'registry', got: registry, write }];
}

function toolboxIssues(path: string, { toolbox }: Environment): Issue[] {
  const write = imageProblem(toolbox);
  return write === undefined ? [] : [{ path, field: 'toolbox', got: toolbox, write }];
}
