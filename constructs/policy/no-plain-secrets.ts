import { expandable } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import { plainArguments, plainSecrets, plainVariables } from './plain-secrets';
import type { Policy } from './policy';

/** Checks the variables of the model; each target checks what it renders. */
export const noPlainSecretsInModel: Policy<ApplicationModel> = {
  ...plainSecrets,
  check: ({ workloads }) =>
    workloads.flatMap(({ name: workload, variables, image }) =>
      [
        ...plainVariables(expandable(variables)),
        ...(image.kind === 'build' ? plainArguments(image.args) : []),
      ].map((found) => ({ workload, ...found })),
    ),
};
