import { expandable } from '../../constructs/model/template';
import { plainFiles, plainSecrets, plainTexts, plainVariables } from '../../constructs/policy/plain-secrets';
import { isMapping } from '../../constructs/model/data';
import type { Policy, Violation } from '../../constructs/policy/policy';
import type { DockerPlan } from '../plan';
import type { ComposeService } from '../services';
import { eachContainer } from './containers';

/** Checks the planned containers, including overrides, files and commands. */
export const noPlainSecretsInContainers: Policy<DockerPlan> = {
  ...plainSecrets,
  check: (plan) => [...inContainers(plan), ...inServices(plan)],
};

const inContainers = eachContainer((container) => [
  ...plainVariables(expandable(container.environment)),
  ...container.configs.flatMap(({ path, files }) => plainFiles(files, `configs ${path}`)),
  ...plainTexts(container, ['environment', 'configs']),
]);

/** Services in compose's own form. A value with a variable of compose is not plain. */
function inServices({ services }: DockerPlan): Violation[] {
  return Object.entries(services).flatMap(([workload, service]) => {
    const variables = variablesOf(service).filter(([, text]) => !text.includes('${'));
    return [...plainVariables(Object.fromEntries(variables)), ...plainTexts(service, ['environment'])].map(
      (found) => ({ workload, object: `service ${workload}`, ...found }),
    );
  });
}

function variablesOf({ environment }: ComposeService): [string, string][] {
  if (isMapping(environment))
    return Object.entries<unknown>(environment).map(([name, value]) => [name, String(value)]);
  const lines: readonly unknown[] = Array.isArray(environment) ? environment : [];
  return lines.map((line) => {
    const [, name = '', text = ''] = /^([^=]*)=([^]*)$/.exec(String(line)) ?? [];
    return [name, text];
  });
}
