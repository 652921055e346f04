import { isDeepStrictEqual } from 'node:util';
import { valueAt } from '../../constructs/target/plain-data';
import type { Files, Update } from '../../constructs/target/update';
import { namedByContent } from '../manifest';
import { applierOf, formerController, kubectl, type Applier } from './applier';
import { changed, claimChanges } from './claims';
import { immutable } from './immutable';
import { leftBehind } from './left-behind';
import { mountersOf } from './mounters';
import { removedStatefulSet, sentence, statefulSetUpdates } from './stateful-set';
import { twinPortUpdates } from './twin-ports';
import { contentOf, identity, objectsOf, type WrittenObject } from './written';

/**
 * Compares the files of the last update with the new ones: what a cluster would refuse, what data would stay behind, what
 * would keep running, and the steps around it. Pure: it knows the files, and not the cluster.
 * @param folder the folder of the files, as a user writes it
 */
export function compareUpdates(before: Files, after: Files, folder: string): Update[] {
  // New files alone need no steps, and mostly nothing changes at all: then the YAML reader is not even loaded.
  if (Object.entries(before).every(([path, text]) => after[path] === text)) return [];
  const applier = applierOf(Object.keys(after).length > 0 ? after : before, folder);
  const [old, now] = [changedObjects(before, after), changedObjects(after, before)];
  const next = new Map(now.map((object) => [identity(object), object]));
  const removed = old.filter((object) => !next.has(identity(object)));
  const updates = old.flatMap((object) => {
    const changedTo = next.get(identity(object));
    return changedTo ? changes(object, changedTo, () => objectsOf(before), applier) : [];
  });
  return [...updates, ...removals(removed, now, applier), ...formerController(before, after)];
}

// Reading YAML takes long, so only objects whose text is not the same are read.
function changedObjects(files: Files, others: Files): WrittenObject[] {
  const differing = Object.entries(files).filter(([path, text]) => others[path] !== text);
  return objectsOf(Object.fromEntries(differing));
}

function changes(
  before: WrittenObject,
  after: WrittenObject,
  all: () => readonly WrittenObject[],
  applier: Applier,
): Update[] {
  if (before.text === after.text) return [];
  switch (before.kind) {
    case 'StatefulSet':
      return statefulSetUpdates(before, after, applier);
    case 'Service':
      return [...fieldUpdates(before, after, applier), ...twinPortUpdates(before, after, applier)];
    case 'PersistentVolumeClaim':
      return claimUpdates(before, after, all, applier);
    default:
      return fieldUpdates(before, after, applier);
  }
}

function fieldUpdates(before: WrittenObject, after: WrittenObject, applier: Applier): Update[] {
  const { kind, name, namespace } = before;
  const fields = fieldsOf(kind);
  if (fields.length === 0) return [];
  const [old, now] = [contentOf(before.text), contentOf(after.text)];
  if (kind === 'ConfigMap' && old['immutable'] !== true) return [];
  const reasons = fields.flatMap(({ path }) => {
    const [was, is] = [valueAt(old, path), valueAt(now, path)];
    const isKept = kind === 'Service' && is === undefined;
    return isKept || isDeepStrictEqual(was, is) ? [] : [changed(path, was, is)];
  });
  if (reasons.length === 0) return [];
  const object = `${kind} ${name}`;
  return [
    {
      object,
      effect: 'refused',
      reason: `${sentence(reasons)}. A cluster refuses this: the object must be deleted and made again.`,
      steps: [
        ...applier.before(object),
        `${kubectl(namespace)} delete ${kind.toLowerCase()} ${name}`,
        ...applier.apply(after),
      ],
    },
  ];
}

function fieldsOf(kind: string) {
  return (immutable as Readonly<Record<string, (typeof immutable)['Job']>>)[kind] ?? [];
}

/** A claim of its own. It grows when its new size is applied, so only what a claim cannot do is told. */
function claimUpdates(
  before: WrittenObject,
  after: WrittenObject,
  all: () => readonly WrittenObject[],
  applier: Applier,
): Update[] {
  const found = claimChanges('the claim', contentOf(before.text), contentOf(after.text));
  const reasons = found.filter(({ kind }) => kind === 'new-claim').map(({ text }) => text);
  if (reasons.length === 0) return [];
  const object = `PersistentVolumeClaim ${before.name}`;
  const command = kubectl(before.namespace);
  // A claim goes only when no pod uses it.
  const users = mountersOf(before, all());
  return [
    {
      object,
      effect: 'leaves-data',
      reason: `${sentence(reasons)}.`,
      steps: [
        '# Write the old value again. Or back the data up now: the next steps delete the claim.',
        ...applier.before(object),
        ...users.map(({ kind, name }) => `${command} delete ${kind.toLowerCase()} ${name}`),
        `${command} delete persistentvolumeclaim ${before.name}`,
        ...[after, ...users].flatMap((one) => applier.apply(one)).filter(isFirst),
        '# Restore the backup, if the data is needed.',
      ],
    },
  ];
}

function isFirst(step: string, index: number, steps: readonly string[]): boolean {
  return steps.indexOf(step) === index;
}

function removals(
  removed: readonly WrittenObject[],
  now: readonly WrittenObject[],
  applier: Applier,
): Update[] {
  const stateful = removed.flatMap((object) =>
    object.kind === 'StatefulSet' ? removedStatefulSet(object, applier) : [],
  );
  const told = new Set(stateful.map(({ object }) => object));
  const others = removed.filter(
    ({ kind, name }) => !told.has(`${kind} ${name}`) && !(namedByContent as readonly string[]).includes(kind),
  );
  return [...stateful, ...leftBehind(others, now, applier)];
}
