import { keepsData, type EnvironmentSpec } from '../constructs/environment/environment';
import { isMapping, type Mapping } from '../constructs/model/data';
import { isOfKubernetes, titleOf, type OwnManifest, type OwnObject } from '../constructs/model/own-object';
import type { Violation } from '../constructs/policy/policy';
import { applicationGroup, type ObjectGroup, type OwnGroup } from './group';
import type { Manifest, PodSpec } from './manifest';

/** The names of the groups of the stack's own manifests. No component can have such a name. */
const groups = { definitions: '00-crds', first: '00-manifests', last: '99-manifests' } as const;

/** The file with the definitions of kinds. */
export const definitionsFile = `${groups.definitions}.yaml`;

/** Whether a group defines kinds. */
export function defines({ name }: Pick<OwnGroup, 'name'>): boolean {
  return name === groups.definitions;
}

/** Kinds whose objects may need the components: they are applied after these. */
const lateKinds = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'Pod',
  'PodDisruptionBudget',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

function groupNameOf({ kind }: OwnObject): keyof typeof groups {
  if (kind === 'CustomResourceDefinition') return 'definitions';
  return lateKinds.has(kind) ? 'last' : 'first';
}

/** The groups of the stack's own manifests, in the order in which they are applied. @param workloads the groups of the components */
export function ownGroups(
  manifests: readonly OwnManifest[],
  workloads: readonly Pick<ObjectGroup, 'name'>[],
): OwnGroup[] {
  const objects = (name: keyof typeof groups) =>
    manifests.map(({ object }) => object).filter((object) => groupNameOf(object) === name);
  const definitions = { name: groups.definitions, objects: objects('definitions'), after: [] };
  const first = {
    name: groups.first,
    objects: objects('first'),
    after: [applicationGroup, ...(definitions.objects.length > 0 ? [definitions.name] : [])],
  };
  const last = {
    name: groups.last,
    objects: objects('last'),
    after: [
      applicationGroup,
      ...(first.objects.length > 0 ? [first.name] : []),
      ...workloads.map(({ name }) => name),
    ],
  };
  return [definitions, first, last].filter((group) => group.objects.length > 0);
}

/** The groups that the components come after. */
export function groupsBefore(own: readonly OwnGroup[]): string[] {
  return own.flatMap(({ name }) => (name === groups.last ? [] : [name]));
}

/** Whether a group comes after the components. Nothing waits for it. */
export function comesLast({ name }: Pick<OwnGroup, 'name'>): boolean {
  return name === groups.last;
}

/** Whether an object must survive a deletion, because data goes with it: a definition takes all objects of its kind along. */
export function takesOwnData({ kind }: OwnObject, environment: EnvironmentSpec): boolean {
  const kinds = ['CustomResourceDefinition', 'Namespace', 'PersistentVolume', 'PersistentVolumeClaim'];
  return keepsData(environment) && kinds.includes(kind);
}

/** The spec of the pods that an object makes; undefined if it makes none, or if no pod can have that spec. */
export function podSpecOf(object: OwnObject): PodSpec | undefined {
  const spec = object['spec'];
  if (!isOfKubernetes(object)) return undefined;
  if (object.kind === 'Pod') return isPodSpec(spec) ? spec : undefined;
  if (!isMapping(spec)) return undefined;
  const job = isMapping(spec['jobTemplate']) ? spec['jobTemplate']['spec'] : spec;
  const template = isMapping(job) ? job['template'] : undefined;
  const inTemplate = isMapping(template) ? template['spec'] : undefined;
  return isPodSpec(inTemplate) ? inTemplate : undefined;
}

function isPodSpec(spec: unknown): spec is PodSpec {
  return (
    isMapping(spec) &&
    areLists(spec, ['volumes', 'imagePullSecrets', 'tolerations', 'topologySpreadConstraints']) &&
    areContainers(spec['containers']) &&
    (spec['initContainers'] === undefined || areContainers(spec['initContainers']))
  );
}

function areContainers(containers: unknown): boolean {
  return (
    Array.isArray(containers) &&
    containers.every(
      (container) =>
        isMapping(container) &&
        typeof container['name'] === 'string' &&
        areLists(container, ['args', 'command', 'env', 'envFrom', 'ports', 'volumeMounts']),
    )
  );
}

function areLists(mapping: Mapping, keys: readonly string[]): boolean {
  return keys.every((key) => mapping[key] === undefined || Array.isArray(mapping[key]));
}

/** Objects of the stack's own manifests that the components have too: the second would replace the first. */
export function ownClashes(plan: {
  readonly namespace: string;
  readonly groups: readonly ObjectGroup[];
  readonly own: readonly OwnGroup[];
}): Violation[] {
  const taken = new Map(
    plan.groups.flatMap(({ name, objects }) => objects.map((object) => [keyOf(object), name] as const)),
  );
  return plan.own.flatMap(({ name, objects }) =>
    objects.flatMap((object): Violation[] => {
      const owner = taken.get(`${titleOf(object)} ${object.metadata.namespace ?? ''}`);
      if (owner === undefined) return [];
      const whose = owner === applicationGroup ? 'the application' : owner;
      const write = 'another name, or an override of that object';
      const sentence = `manifests has ${titleOf(object)}, and so has ${whose}: write ${write}`;
      return [{ workload: name, field: 'manifests', got: titleOf(object), write, sentence }];
    }),
  );
}

function keyOf({ apiVersion, kind, metadata }: Manifest): string {
  const { name, namespace } = metadata;
  return `${titleOf({ apiVersion, kind, metadata: { name } })} ${namespace ?? ''}`;
}

/** All objects of a plan that no component has made. */
export function ownObjectsIn({ own }: { readonly own: readonly OwnGroup[] }): readonly OwnObject[] {
  return own.flatMap(({ objects }) => objects);
}
