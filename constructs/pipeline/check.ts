import { withPlace } from '../compile/places';
import { distinctByName } from '../model/sorted';
import { modelPolicies } from '../policy';
import { checkAll, mergeChecked, type PolicyText } from '../policy/policy';
import { exceptions, judge, type Verdict } from '../policy/verdict';
import type { Target } from '../target/target';
import { guarded, type Planned } from './plan';

/** All policies of the model and of some targets, each once, sorted by name. */
export function policiesOf(targets: readonly Target[]): readonly PolicyText[] {
  const all: PolicyText[] = [...modelPolicies, ...targets.flatMap(({ policies }) => policies), exceptions];
  return distinctByName(all);
}

/** Checks an application in one environment. @param all all policies: an exception may name any of them */
export function verdictOf(
  { application, target, model, plan }: Planned,
  all: readonly PolicyText[],
): Verdict {
  // An override may have changed the type of a field, so that a policy throws a TypeError.
  return guarded(application, [], () => {
    const checked = mergeChecked([...checkAll(modelPolicies, model), ...checkAll(target.policies, plan)]);
    const verdict = judge(model, checked, all);
    const placed = withPlace(application);
    const findings = verdict.findings.map((finding) => ({ ...finding, issue: placed(finding.issue) }));
    return { ...verdict, findings };
  });
}
