import { variableSecrets } from '../model/secret';
import { expandable } from '../model/template';
import type { ApplicationModel } from '../model/workload';
import { plainArguments, plainDefaults, plainSecrets, plainVariables } from './plain-secrets';
import type { Policy } from './policy';

/** Checks the variables of the model; each target checks what it renders. */
export const noPlainSecretsInModel: Policy<ApplicationModel> = {
  ...plainSecrets,
  check: ({ workloads, secretDefaults }) =>
    workloads.flatMap(({ name: workload, variables, image }) => {
      const read = new Set(variableSecrets(variables));
      const defaults = Object.entries(secretDefaults).filter(([name]) => read.has(name));
      const found = [
        ...plainVariables(expandable(variables)),
        ...plainDefaults(Object.fromEntries(defaults)),
        ...(image.kind === 'build' ? plainArguments(image.args) : []),
      ];
      return found.map((one) => ({ workload, ...one }));
    }),
};
