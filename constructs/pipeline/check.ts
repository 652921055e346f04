import { withPlace } from '../compile/places';
import { modelPolicies } from '../policy';
import { checkAll, mergeChecked, type PolicyText } from '../policy/policy';
import { exceptions, judge, type Verdict } from '../policy/verdict';
import type { Target } from '../target/target';
import { guarded, type Planned } from './plan';

/** Every policy of the model and of some targets, each name once. */
export function policiesOf(targets: readonly Target[]): readonly PolicyText[] {
  const all: PolicyText[] = [...modelPolicies, ...targets.flatMap(({ policies }) => policies), exceptions];
  const byName = new Map(all.map((one) => [one.name, one]));
  return [...byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What the policies say of one application in one environment. @param all every policy that an exception may name */
export function verdictOf(
  { application, target, model, plan }: Planned,
  all: readonly PolicyText[],
): Verdict {
  // An override may have made another shape of an object than its type says.
  return guarded(application, [], () => {
    const checked = mergeChecked([...checkAll(modelPolicies, model), ...checkAll(target.policies, plan)]);
    const verdict = judge(model, checked, all);
    const placed = withPlace(application);
    const findings = verdict.findings.map((finding) => ({ ...finding, issue: placed(finding.issue) }));
    return { ...verdict, findings };
  });
}
