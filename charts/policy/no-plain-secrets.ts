import { plainFiles, plainSecrets, plainTexts, plainVariables } from '../../constructs/policy/plain-secrets';
import type { Policy, Violation } from '../../constructs/policy/policy';
import { isMapping } from '../../constructs/model/data';
import { titleOf } from '../../constructs/model/own-object';
import type { PodContainer } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { containersOf, podsIn } from '../pods';
import { objectsIn } from '../group';
import { eachObject } from './rules';

/** Checks the rendered objects, including overrides, configuration and commands. */
export const noPlainSecretsInObjects: Policy<KubernetesPlan> = {
  ...plainSecrets,
  check: (plan) => [...inVariables(plan), ...inObjects(plan), ...inOwnObjects(plan)],
};

const inObjects = eachObject((object) =>
  object.kind === 'ConfigMap'
    ? [...plainFiles(object.data ?? {}, 'data'), ...plainTexts(object, ['data'])]
    : plainTexts(object, ['env']),
);

function inOwnObjects({ own }: KubernetesPlan): Violation[] {
  return own.flatMap(({ name: workload, objects }) =>
    objects.flatMap((object) =>
      (object.kind === 'ConfigMap'
        ? [...plainFiles(textsIn(object['data']), 'data'), ...plainTexts(object, ['data'])]
        : plainTexts(object, ['env'])
      ).map((found) => ({ workload, object: `own ${titleOf(object)}`, ...found })),
    ),
  );
}

function textsIn(data: unknown): Record<string, string> {
  const entries = isMapping(data) ? Object.entries(data) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function inVariables(plan: KubernetesPlan): Violation[] {
  const configuration = configurationOf(plan);
  return podsIn(plan).flatMap((pod) =>
    containersOf(pod).flatMap(({ env = [] }) => {
      const variables = env.map((variable) => [variable.name, textOf(variable, configuration)] as const);
      return plainVariables(Object.fromEntries(variables)).map((found) => ({
        workload: pod.workload,
        ...found,
      }));
    }),
  );
}

type Variable = NonNullable<PodContainer['env']>[number];

/** The value of a variable, which may be in a ConfigMap. */
function textOf({ value, valueFrom }: Variable, configuration: ReadonlyMap<string, string>): string {
  const { name = '', key = '' } = valueFrom?.configMapKeyRef ?? {};
  return value ?? configuration.get(`${name}/${key}`) ?? '';
}

/** The values of all ConfigMaps, by name and key. */
function configurationOf(plan: KubernetesPlan): ReadonlyMap<string, string> {
  return new Map(
    objectsIn(plan).flatMap((object) =>
      object.kind === 'ConfigMap'
        ? Object.entries(object.data ?? {}).map(([key, text]) => [`${object.metadata.name}/${key}`, text])
        : [],
    ),
  );
}
