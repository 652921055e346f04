import type { Policy, Violation } from '../../constructs/policy/policy';
import type { EnvironmentSpec } from '../../constructs/environment/environment';
import type { ApplicationModel } from '../../constructs/model/workload';
import { modelOfApp, type Build, type TestApplicationOptions } from './application';

/** The violations of a policy on the model of an application. */
export function violationsOf(
  policy: Policy<ApplicationModel>,
  build: Build,
  place?: EnvironmentSpec,
  options?: TestApplicationOptions,
): readonly Violation[] {
  return policy.check(modelOfApp(build, place, options));
}

/** The advice of a policy on the model of an application. */
export function adviceOf(
  policy: Policy<ApplicationModel>,
  build: Build,
  place?: EnvironmentSpec,
  options?: TestApplicationOptions,
): readonly Violation[] | undefined {
  return policy.advise?.(modelOfApp(build, place, options));
}

/** The violation of a secret that is a plain value in the component `api`. */
export function plainSecret(
  field: string,
  write = 'a Secret in env of the component, or the file of a Secret',
): Violation {
  return {
    workload: 'api',
    field,
    got: 'a plain value',
    write,
    sentence: `${field} holds a secret as a plain value: write ${write}`,
  };
}
