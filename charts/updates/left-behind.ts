import { listed } from '../../constructs/model/words';
import type { Update } from '../../constructs/target/update';
import { kubectl, type Applier } from './applier';
import { contentOf, mappingAt, type WrittenObject } from './written';

/** Annotations by which Argo CD and Flux keep an object that is no longer in the files. */
const keeps = ['kustomize.toolkit.fluxcd.io/prune', 'argocd.argoproj.io/sync-options'];

/** What to say about objects that are no longer in the files. */
export function leftBehind(
  removed: readonly WrittenObject[],
  now: readonly WrittenObject[],
  applier: Applier,
): Update[] {
  const claims = removed.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  const namespaces = removed.filter(({ kind }) => kind === 'Namespace');
  const others = removed.filter((object) => !claims.includes(object) && !namespaces.includes(object));
  return [
    ...claims.map((claim) => removedClaim(claim, applier)),
    ...(applier.prunes || others.length === 0 ? [] : [kept(others, now, applier)]),
    ...namespaces.filter((one) => stays(one, applier)).map((one) => removedNamespace(one)),
  ];
}

function removedClaim(claim: WrittenObject, applier: Applier): Update {
  const remains = stays(claim, applier);
  const command = `${kubectl(claim.namespace)} delete persistentvolumeclaim ${claim.name}`;
  return {
    object: `PersistentVolumeClaim ${claim.name}`,
    effect: 'leaves-data',
    reason: remains
      ? 'It is no longer in the files. Its data stays in the cluster, and nothing uses it.'
      : `It is no longer in the files: ${applier.title} deletes it, and its data with it.`,
    steps: [
      '# Back the data up before this update, if it is needed elsewhere, for example with catamaran backup.',
      ...(remains ? [`# When nobody needs the old data: ${command}`] : []),
    ],
  };
}

function removedNamespace({ name }: WrittenObject): Update {
  return {
    object: `Namespace ${name}`,
    effect: 'stays-behind',
    reason: 'It is no longer in the files, and stays in the cluster with all that is still in it.',
    steps: [`# When nobody needs its data: kubectl delete namespace ${name}`],
  };
}

function stays(object: WrittenObject, { prunes }: Applier): boolean {
  if (!prunes) return true;
  const annotations = mappingAt(contentOf(object.text), 'metadata.annotations');
  return keeps.some((name) => annotations[name] !== undefined);
}

/** Objects that are deleted with one command for each namespace. */
function kept(objects: readonly WrittenObject[], now: readonly WrittenObject[], applier: Applier): Update {
  const names = objects.map(({ kind, name }) => `${kind} ${name}`);
  const twice = controllersIn(objects).filter((name) => controllersIn(now).includes(name));
  const verb = objects.length === 1 ? 'is' : 'are';
  const it = objects.length === 1 ? 'it' : 'them';
  const spaces = [...new Set(objects.map(({ namespace }) => namespace))];
  return {
    object: names.length === 1 ? listed(names) : `${names.length} objects`,
    effect: 'stays-behind',
    reason: [
      `${listed(names)} ${verb} no longer in the files, and ${applier.title} does not delete ${it}.`,
      ...twice.map((name) => `Until then, the pods of the old and of the new ${name} run side by side.`),
    ].join(' '),
    steps: spaces.map((namespace) => {
      const own = objects.filter((object) => object.namespace === namespace);
      const words = own.map(({ kind, name }) => `${kind.toLowerCase()}/${name}`);
      return `${kubectl(namespace)} delete ${words.join(' ')}`;
    }),
  };
}

/** The names of objects that run pods all the time. */
function controllersIn(objects: readonly WrittenObject[]): string[] {
  return objects.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind)).map(({ name }) => name);
}
