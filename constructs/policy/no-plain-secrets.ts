import { expandable } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import { plainSecrets, plainVariables } from './plain-secrets';
import type { Policy } from './policy';

/** What looks like a secret is one. */
export const noPlainSecretsInModel: Policy<ApplicationModel> = {
  ...plainSecrets,
  check: ({ workloads }) =>
    workloads.flatMap(({ name: workload, variables }) =>
      plainVariables(expandable(variables)).map((found) => ({ workload, ...found })),
    ),
};
