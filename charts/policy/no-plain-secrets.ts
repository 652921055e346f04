import { plainFiles, plainSecrets, plainTexts, plainVariables } from '../../constructs/policy/plain-secrets';
import type { Policy, Violation } from '../../constructs/policy/policy';
import type { PodContainer } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { podsIn } from '../pods';
import { objectsIn, ofObjects } from './rules';

/** What the model says of secrets holds for overrides, and for configuration and commands as well. */
export const noPlainSecretsInObjects: Policy<KubernetesPlan> = {
  ...plainSecrets,
  check: (plan) => [...inVariables(plan), ...inObjects(plan)],
};

const inObjects = ofObjects((object) =>
  object.kind === 'ConfigMap'
    ? [...plainFiles(object.data ?? {}, 'data'), ...plainTexts(object, ['data'])]
    : plainTexts(object, ['env']),
);

function inVariables(plan: KubernetesPlan): Violation[] {
  const configuration = configurationOf(plan);
  return podsIn(plan).flatMap(({ workload, spec }) => {
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    return containers.flatMap(({ env = [] }) => {
      const variables = env.map((variable) => [variable.name, textOf(variable, configuration)] as const);
      return plainVariables(Object.fromEntries(variables)).map((found) => ({ workload, ...found }));
    });
  });
}

type Variable = NonNullable<PodContainer['env']>[number];

/** The text of a variable, also of one that stands in a ConfigMap. */
function textOf({ value, valueFrom }: Variable, configuration: ReadonlyMap<string, string>): string {
  const { name = '', key = '' } = valueFrom?.configMapKeyRef ?? {};
  return value ?? configuration.get(`${name}/${key}`) ?? '';
}

/** What ConfigMaps hold, by their names and keys. */
function configurationOf(plan: KubernetesPlan): ReadonlyMap<string, string> {
  return new Map(
    objectsIn(plan).flatMap((object) =>
      object.kind === 'ConfigMap'
        ? Object.entries(object.data ?? {}).map(([key, text]) => [`${object.metadata.name}/${key}`, text])
        : [],
    ),
  );
}
