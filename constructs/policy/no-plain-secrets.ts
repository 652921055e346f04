import { expandable } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import { plainSecrets, plainVariables } from './plain-secrets';
import type { Policy } from './policy';

/** Checks the variables of the model; each target checks what it renders. */
export const noPlainSecretsInModel: Policy<ApplicationModel> = {
  ...plainSecrets,
  check: ({ workloads }) =>
    workloads.flatMap(({ name: workload, variables }) =>
      plainVariables(expandable(variables)).map((found) => ({ workload, ...found })),
    ),
};
