import { expandable } from '../../constructs/model/template';
import { plainFiles, plainSecrets, plainTexts, plainVariables } from '../../constructs/policy/plain-secrets';
import type { Policy } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import { eachContainer } from './containers';

/** Checks the planned containers, including overrides, files and commands. */
export const noPlainSecretsInContainers: Policy<DockerPlan> = {
  ...plainSecrets,
  check: eachContainer((container) => [
    ...plainVariables(expandable(container.environment)),
    ...container.configs.flatMap(({ path, files }) => plainFiles(files, `configs ${path}`)),
    ...plainTexts(container, ['environment', 'configs']),
  ]),
};
