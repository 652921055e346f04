import { limits } from '../../constructs/model/limits';
import {
  isLabelKey,
  labelKeyHint,
  labelProblem,
  labelValueProblem,
  subdomainProblem,
} from '../../constructs/model/name';
import type { Kind, Manifest } from '../manifest';
import { podsIn } from '../pods';
import { eachObject, eachPod, faultUnless, nameFaults, peersOf, selects, type Fault } from '../policy/rules';
import type { ClusterLimit } from './limit';

/** The name of each object, by its kind. */
export const objectNames: ClusterLimit = {
  source: limits.subdomain.source,
  check: eachObject(({ kind, metadata: { name } }) => {
    return nameFaults('metadata.name', name, nameProblems[kind] ?? subdomainProblem);
  }),
};

type NameProblem = (name: string) => string | undefined;

function atMost(most: number): NameProblem {
  return (name) =>
    subdomainProblem(name) ??
    (name.length > most ? `at most ${most} characters: this has ${name.length}` : undefined);
}

const nameProblems: Partial<Record<Kind, NameProblem>> = {
  Namespace: labelProblem,
  Service: labelProblem,
  CronJob: atMost(limits.cronJobName.most),
  StatefulSet: atMost(limits.statefulSetName.most),
  // The name becomes a label of the pods.
  Job: atMost(limits.labelPart.most),
};

/** The labels of objects, of pods, and in selectors. */
export const labels: ClusterLimit = {
  source: limits.labelPart.source,
  check: (plan) => [
    ...eachObject((object) => [
      ...labelFaults('metadata.labels', object.metadata.labels),
      ...selectorsOf(object).flatMap(([field, found]) => labelFaults(field, found)),
    ])(plan),
    ...eachPod((pod) => labelFaults('template.metadata.labels', pod.labels))(plan),
  ],
};

type Labels = Readonly<Record<string, string>>;

function labelFaults(field: string, found: Labels = {}): Fault[] {
  return Object.entries(found).flatMap(([key, value]) => [
    ...faultUnless(isLabelKey(key), `${field} key`, key, labelKeyHint),
    // An empty value is possible.
    ...nameFaults(`${field} ${key}`, value === '' ? undefined : value, labelValueProblem),
  ]);
}

function selectorsOf(object: Manifest): [string, Labels | undefined][] {
  switch (object.kind) {
    case 'Service':
      return [['spec.selector', object.spec?.selector]];
    case 'Deployment':
    case 'StatefulSet':
    case 'PodDisruptionBudget':
      return [['spec.selector.matchLabels', object.spec?.selector?.matchLabels]];
    case 'NetworkPolicy':
      return [
        ['spec.podSelector.matchLabels', object.spec?.podSelector.matchLabels],
        ...peersOf(object).flatMap(
          ({ podSelector: pods, namespaceSelector }): [string, Labels | undefined][] => [
            ['spec podSelector.matchLabels', pods?.matchLabels],
            ['spec namespaceSelector.matchLabels', namespaceSelector?.matchLabels],
          ],
        ),
      ];
    default:
      return [];
  }
}

/** The keys of annotations. Their values can be any text. */
export const annotationKeys: ClusterLimit = {
  source:
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set',
  check: eachObject(({ metadata: { annotations = {} } }) =>
    Object.keys(annotations).flatMap((key) =>
      // The API server compares the keys in lower case.
      faultUnless(isLabelKey(key.toLowerCase()), 'metadata.annotations key', key, labelKeyHint),
    ),
  ),
};

/** A controller selects the pods that it makes. */
export const selectedPods: ClusterLimit = {
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
  check: (plan) =>
    podsIn(plan).flatMap(({ workload, controller, labels: own }) => {
      if (controller.kind !== 'Deployment' && controller.kind !== 'StatefulSet') return [];
      const selector = controller.spec?.selector.matchLabels;
      if (selects(selector, own)) return [];
      return [
        {
          workload,
          field: `${controller.kind}/${controller.metadata.name} spec.template.metadata.labels`,
          got: own,
          write: `labels that include ${JSON.stringify(selector)}, which the controller selects`,
        },
      ];
    }),
};
