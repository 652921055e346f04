import { examine, type Examined } from '../compile/compile';
import { missingCiphertexts } from '../compile/encrypted';
import { overridesOf } from '../compile/overrides';
import { withPlace } from '../compile/places';
import {
  pinImages,
  unpinnedIssues,
  unpinnedOverrides,
  usedImages,
  type Pins,
  type UsedImage,
} from '../compile/pins';
import type { Application } from '../components/application';
import type { Environment, EnvironmentSpec } from '../environment/environment';
import { distinct, isTypeMistake, IssuesError, misreadIssue, type Issue } from '../issue';
import { needsOf } from '../model/needs';
import { environmentPath } from '../model/path';
import { usedSecrets } from '../model/secret';
import type { ApplicationModel } from '../model/workload';
import type { PassedThrough } from '../target/contents';
import { nameClashes } from '../target/clashes';
import { issueOf } from '../policy/issue-of';
import { heading } from '../target/heading';
import type { Note } from '../target/lowering';
import { review } from '../target/review';
import { proxyFindings } from '../target/proxy';
import { isOn, targetOf, type Target } from '../target/target';

/** An application in one environment, its plan, and the target of the plan. Keep a plan and its target together. */
export interface Planned<Spec extends EnvironmentSpec = EnvironmentSpec, Plan = unknown> {
  readonly application: Application;
  readonly environment: Environment<Spec>;
  readonly target: Target<Spec, Plan>;
  readonly model: ApplicationModel;
  readonly plan: Plan;
  /** The images, with their names before pinning. */
  readonly images: readonly UsedImage[];
  /** Notes on fields that are emulated, fields that the environment accepts, secrets, and overrides. */
  readonly notes: readonly Note[];
}

/**
 * Plans an application for the target of its environment: compiles it, finds what the target cannot do, makes the plan,
 * applies overrides, and checks the result.
 * @param pins the pins of the project
 * @throws IssuesError with all mistakes
 */
export function planApplication(application: Application, targets: readonly Target[], pins: Pins): Planned {
  return planWith(targetFor(application, targets), application, pins);
}

/**
 * Does the same as `planApplication`, for a known target and its type of plan.
 * @throws IssuesError with all mistakes, or if the environment has another target
 */
export function planWith<Spec extends EnvironmentSpec, Plan>(
  target: Target<Spec, Plan>,
  application: Application,
  pins: Pins,
): Planned<Spec, Plan> {
  const { environment } = application;
  if (!isOn(target, environment)) throw new IssuesError([otherTarget(target.name, application)]);
  const examined = guarded(application, [], () => examine(application, target));
  return guarded(application, examined.issues, () =>
    planFor(target, environment, application, examined, pins),
  );
}

function otherTarget(name: string, application: Application): Issue {
  const { environment } = application;
  const path = environmentPath(application.name, environment.name);
  return { path, field: 'target', got: environment.target, write: name };
}

/** The target of an application's environment. @throws IssuesError if there is no target of that name */
export function targetFor({ name, environment }: Application, targets: readonly Target[]): Target {
  return targetOf(targets, environment, environmentPath(name, environment.name));
}

/**
 * Runs an action that works with values of the user. A TypeError or RangeError means that a value has the wrong type,
 * so it becomes an issue. Any other error is a bug of Catamaran and is thrown as it is. Issues get the place of their
 * component or environment in the stack.
 * @param mistakes known mistakes; if there are any, they are the cause of the error and are reported instead
 * @throws IssuesError with the mistakes, or with the message of the error
 */
export function guarded<Result>(
  application: Application,
  mistakes: readonly Issue[],
  action: () => Result,
): Result {
  try {
    return action();
  } catch (error) {
    throw new IssuesError(issuesOf(error, application, mistakes).map(withPlace(application)));
  }
}

function issuesOf(
  error: unknown,
  { name, environment }: Application,
  mistakes: readonly Issue[],
): readonly Issue[] {
  if (error instanceof IssuesError) return error.issues;
  if (!isTypeMistake(error)) throw error;
  const unknown = misreadIssue(environmentPath(name, environment.name), 'values', error);
  return mistakes.length > 0 ? mistakes : [unknown];
}

function planFor<Spec extends EnvironmentSpec, Plan>(
  target: Target<Spec, Plan>,
  environment: Environment<Spec>,
  application: Application,
  { model: compiled, issues: mistakes, lowered }: Examined,
  pins: Pins,
): Planned<Spec, Plan> {
  const model = pinImages(compiled, pins);
  const others = proxyFindings(target.proxy(environment), model);
  const reviewed = review(target.title, target.table, model, environment, others);
  const found = [...mistakes, ...reviewed.issues, ...unpinnedIssues(application, model)];
  // A model with mistakes cannot be planned.
  if (mistakes.length > 0) throw new IssuesError(distinct(found));
  const path = environmentPath(application.name, environment.name);
  const overridden = target.override(target.plan(model, environment), path, overridesOf(lowered));
  const { plan } = overridden;
  const issues = [
    ...found,
    ...missingCiphertexts(application, model),
    ...overridden.issues,
    ...unpinnedOverrides(application, model, () => target.contents.images(plan)),
    ...nameClashes(application.name, target.contents.owned(plan)),
    ...target.limits(plan).map((violation) => issueOf(model, violation)),
  ];
  if (issues.length > 0) throw new IssuesError(issues);
  const notes = [
    ...needNotes(model),
    ...reviewed.notes,
    ...secretNotes(target, environment, model),
    ...overridden.notes,
    ...ownNotes(target.contents.passedThrough(plan)),
  ];
  return { application, environment, target, model, plan, images: usedImages(compiled), notes };
}

/** A note for each need, so that nobody overlooks what is beyond the hardened defaults. */
function needNotes({ workloads }: ApplicationModel): Note[] {
  return workloads.flatMap((workload) =>
    needsOf(workload).map(({ name, words }): Note => ({
      field: 'needs',
      workloads: [workload.name],
      note: `${name}: ${words}`,
    })),
  );
}

/** A note on what the environment adds as it is. */
function ownNotes({ titles, note }: PassedThrough): Note[] {
  return titles.length === 0 ? [] : [{ field: 'own', workloads: titles, note }];
}

/** The note on the environment's source of secrets, if the target has one and the application reads secrets. */
function secretNotes(
  { secrets }: Pick<Target, 'secrets'>,
  environment: EnvironmentSpec,
  { workloads }: ApplicationModel,
): Note[] {
  const users = workloads.filter((workload) => usedSecrets(workload).length > 0).map(({ name }) => name);
  const note = secrets.note(environment.secrets.kind);
  return note === undefined || users.length === 0 ? [] : [{ field: 'secrets', workloads: users, note }];
}

/**
 * The files of a plan by path.
 * @param sources the path from the environment's folder to the application's folder
 * @param folder the value of the option --out, for the heading of each file; undefined for dist/, its default
 */
export function writtenFiles(
  { application, environment, target, plan }: Planned,
  sources: string,
  folder?: string,
): Readonly<Record<string, string>> {
  const place = { sources, heading: heading(application.name, environment.name, folder) };
  return guarded(application, [], () => target.files(plan, place));
}
