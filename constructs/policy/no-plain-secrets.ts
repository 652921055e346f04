import { variableSecrets } from '../model/secret';
import { expandable } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import { plainDefaults, plainSecrets, plainVariables } from './plain-secrets';
import type { Policy } from './policy';

/** Checks the variables of the model; each target checks what it renders. */
export const noPlainSecretsInModel: Policy<ApplicationModel> = {
  ...plainSecrets,
  check: ({ workloads, secretDefaults }) =>
    workloads.flatMap(({ name: workload, variables }) => {
      const read = new Set(variableSecrets(variables));
      const defaults = Object.entries(secretDefaults).filter(([name]) => read.has(name));
      return [...plainVariables(expandable(variables)), ...plainDefaults(Object.fromEntries(defaults))].map(
        (found) => ({ workload, ...found }),
      );
    }),
};
