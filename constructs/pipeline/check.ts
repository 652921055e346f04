import type { UsedImage } from '../compile/pins';
import { withPlace } from '../compile/places';
import { purposeOf, type Purpose } from '../environment/environment';
import { distinctByName } from '../model/sorted';
import type { ApplicationModel } from '../model/workload';
import { modelPolicies } from '../policy';
import { checkAll, mergeChecked, type Policy, type PolicyText } from '../policy/policy';
import { exceptions, judge, type PolicyFinding, type Verdict } from '../policy/verdict';
import type { Target } from '../target/target';
import { guarded, type Planned } from './plan';

/** All policies of the model and of some targets, each once, sorted by name. */
export function policiesOf(targets: readonly Target[]): readonly PolicyText[] {
  const all: PolicyText[] = [...modelPolicies, ...targets.flatMap(({ policies }) => policies), exceptions];
  return distinctByName(all);
}

/** Checks an application in one environment. @param all all policies: an exception may name any of them */
export function verdictOf(
  { application, environment, target, model, plan, images }: Planned,
  all: readonly PolicyText[],
): Verdict {
  // An override may have changed the type of a field, so that a policy throws a TypeError.
  return guarded(application, [], () => {
    const purpose = purposeOf(environment);
    const checked = mergeChecked([
      ...checkAll(applying(modelPolicies, purpose), beforePinning(model, images)),
      ...checkAll(applying(target.policies, purpose), plan),
    ]);
    const verdict = judge(model, checked, all);
    const placed = withPlace(application);
    const place = (found: readonly PolicyFinding[]) =>
      found.map((finding) => ({ ...finding, issue: placed(finding.issue) }));
    return { ...verdict, findings: place(verdict.findings), advice: place(verdict.advice) };
  });
}

/** The model with the images as the stack says them: a pinned image no longer tells how it is built. */
function beforePinning(model: ApplicationModel, images: readonly UsedImage[]): ApplicationModel {
  const byWorkload = new Map(images.map(({ workload, image }) => [workload, image]));
  const workloads = model.workloads.map((one) => ({ ...one, image: byWorkload.get(one.name) ?? one.image }));
  return { ...model, workloads };
}

/** The policies that apply to environments for a purpose. */
function applying<Subject>(policies: readonly Policy<Subject>[], purpose: Purpose): Policy<Subject>[] {
  return policies.filter(({ applies }) => purpose === 'production' || applies !== 'in production');
}
