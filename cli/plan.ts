import { types } from 'node:util';
import { manifestFiles } from '../charts/files';
import { overrideKubernetes } from '../charts/override';
import { planKubernetes } from '../charts/plan';
import { proxyTableOf } from '../charts/proxy/support';
import { kubernetesTable } from '../charts/lower/table';
import type { Application } from '../constructs/components/application';
import { examine, type Examined } from '../constructs/compile/compile';
import { missingCiphertexts } from '../constructs/compile/encrypted';
import type { Environment } from '../constructs/environment/environment';
import { distinct, IssuesError, thrownIssue, type Issue } from '../constructs/issue';
import { overridesOf } from '../constructs/compile/overrides';
import type { ApplicationModel } from '../constructs/model/workload';
import {
  usedImages,
  pinImages,
  unpinnedIssues,
  unpinnedOverrides,
  type Pins,
  type UsedImage,
} from '../constructs/compile/pins';
import { nameClashes } from '../constructs/target/clashes';
import { heading } from '../constructs/target/heading';
import { review, type Note, type Review } from '../constructs/target/lowering';
import { proxyFindings } from '../constructs/target/proxy';
import { composeFiles } from '../docker/compose/compose';
import { overrideDocker } from '../docker/override';
import { planDocker } from '../docker/plan';
import { dockerProxy } from '../docker/lower/proxy';
import { dockerTable } from '../docker/lower/table';
import { imagesOf as imagesOfPlan, ownedOf, type Plan } from './contents';
import { secretNotes } from './secret-advice';

/** An application in one environment, ready for both ways out of its target. */
export interface Planned {
  readonly application: Application;
  readonly model: ApplicationModel;
  readonly plan: Plan;
  /** By their names before they were pinned. */
  readonly images: readonly UsedImage[];
  /** What is emulated, missing with the environment's consent, or overridden by it. */
  readonly notes: readonly Note[];
}

/**
 * Compiles an application for its environment's target.
 * @param pins of the project that it is a part of
 * @throws IssuesError with everything that is wrong
 */
export function planApplication(application: Application, pins: Pins): Planned {
  const examined = guarded(application, [], () => examine(application));
  return guarded(application, examined.issues, () => plan(application, examined, pins));
}

/**
 * Does what meets the values of an application. A TypeError is about one of another type than is asked for; any
 * other error is a defect of ours, and goes on with its stack trace.
 * @param mistakes that are known: one of them is what it comes from
 * @throws IssuesError with the mistakes, or with what a TypeError says
 */
export function guarded<Result>(
  { name, environment }: Application,
  mistakes: readonly Issue[],
  action: () => Result,
): Result {
  try {
    return action();
  } catch (error) {
    if (!types.isNativeError(error) || !['TypeError', 'RangeError'].includes(error.name)) throw error;
    const unknown = thrownIssue(`${name} (${environment.name})`, 'values', error);
    throw new IssuesError(mistakes.length > 0 ? mistakes : [unknown]);
  }
}

function plan(
  application: Application,
  { model: compiled, issues: mistakes }: Examined,
  pins: Pins,
): Planned {
  const model = pinImages(compiled, pins);
  const { environment } = application;
  const reviewed = reviewFor(environment, model);
  const found = [...mistakes, ...reviewed.issues, ...unpinnedIssues(application, compiled, pins)];
  // What is wrong by itself has no plan.
  if (mistakes.length > 0) throw new IssuesError(distinct(found));
  const { plan, ...overridden } = overriddenPlan(application, model);
  const issues = [
    ...found,
    ...missingCiphertexts(application, model),
    ...overridden.issues,
    ...unpinnedOverrides(application, model, () => imagesOfPlan(plan)),
    ...nameClashes(application.name, ownedOf(plan)),
  ];
  if (issues.length > 0) throw new IssuesError(issues);
  const notes = [...reviewed.notes, ...secretNotes(application, model), ...overridden.notes];
  return { application, model, plan, images: usedImages(compiled), notes };
}

function reviewFor(environment: Environment, model: ApplicationModel): Review {
  const { accept } = environment;
  return environment.target === 'docker'
    ? review('docker', dockerTable, model, accept, proxyFindings(dockerProxy, model))
    : review(
        'kubernetes',
        kubernetesTable,
        model,
        accept,
        proxyFindings(proxyTableOf(environment.proxy), model),
      );
}

function overriddenPlan(application: Application, model: ApplicationModel): Review & { readonly plan: Plan } {
  const { name, environment } = application;
  const path = `${name} (${environment.name})`;
  const overrides = overridesOf(application);
  return environment.target === 'docker'
    ? overrideDocker(planDocker(model), path, overrides)
    : overrideKubernetes(planKubernetes(model, environment), path, overrides);
}

/** The files of a plan, by their path within the folder of the environment. */
export function writtenFiles({ application, plan }: Planned, sources: string): Record<string, string> {
  const title = heading(application.name, application.environment.name);
  return guarded(application, [], () => filesOf(plan, sources, title));
}

function filesOf(plan: Plan, sources: string, title: string): Record<string, string> {
  return plan.target === 'docker' ? composeFiles(plan, sources, title) : manifestFiles(plan, title);
}
