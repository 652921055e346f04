import type { Policy, Violation } from '../../constructs/policy/policy';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { ApplicationModel } from '../../constructs/model/workload';
import { modelOfApp, type Build, type TestApplicationOptions } from './application';

/** What a policy on the model finds in an application. */
export function violationsOf(
  policy: Policy<ApplicationModel>,
  build: Build,
  place?: EnvironmentSpec,
  options?: TestApplicationOptions,
): readonly Violation[] {
  return policy.check(modelOfApp(build, place, options));
}
