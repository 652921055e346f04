import { isDeepStrictEqual } from 'node:util';
import { isMapping, type Mapping } from '../../constructs/model/data';
import { listed } from '../../constructs/model/words';
import { valueAt } from '../../constructs/target/plain-data';
import type { Update } from '../../constructs/target/update';
import { kubectl, type Applier } from './applier';
import { changed, claimChanges, type ClaimChange } from './claims';
import { immutable } from './immutable';
import { contentOf, textAt, type WrittenObject } from './written';

/** What an update changes of the fields of a StatefulSet that cannot be changed. */
interface Changes {
  /** The paths of fields, and how each changes. */
  readonly fields: ReadonlyMap<string, string>;
  readonly volumes: readonly { readonly volume: string; readonly change: ClaimChange }[];
  /** The volumes that are only in the old version, and only in the new one. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

const templates = 'spec.volumeClaimTemplates';

/**
 * What to do about the fields of a StatefulSet that cannot be changed. A StatefulSet that is deleted without its pods and
 * claims, and then made again, takes them over.
 * @see https://kubernetes.io/docs/tasks/run-application/delete-stateful-set/
 */
export function statefulSetUpdates(object: WrittenObject, after: WrittenObject, applier: Applier): Update[] {
  const before = existing(object);
  const changes = changesOf(before.content, contentOf(after.text));
  const reasons = reasonsFor(before, changes);
  if (reasons.length === 0) return [];
  const running = renamesPods(changes) ? 'restart only at the end' : 'keep running';
  const pods = stopsPods(changes) ? '' : ` With these steps, its pods ${running}.`;
  return [
    {
      object: `StatefulSet ${before.name}`,
      effect: leavesData(changes) ? 'leaves-data' : 'refused',
      reason: `${sentence(reasons)}. A cluster refuses every such change of a StatefulSet.${pods}`,
      steps: [
        ...stepsBefore(before, changes),
        ...applier.before(`StatefulSet ${before.name}`),
        ...deletions(before, changes),
        ...applier.apply(after),
        ...stepsAfter(before, changes),
      ],
    },
  ];
}

function changesOf(before: Mapping, after: Mapping): Changes {
  const fields = immutable.StatefulSet.filter(({ path }) => path !== templates).flatMap(
    ({ path }): [string, string][] => {
      const [old, now] = [valueAt(before, path), valueAt(after, path)];
      return isDeepStrictEqual(old, now) ? [] : [[path, changed(path, old, now)]];
    },
  );
  const [old, now] = [volumesOf(before), volumesOf(after)];
  return {
    fields: new Map(fields),
    volumes: [...old].flatMap(([volume, claim]) =>
      claimChanges(`volume ${volume}`, claim, now.get(volume) ?? claim).map((change) => ({ volume, change })),
    ),
    gone: [...old.keys()].filter((volume) => !now.has(volume)),
    added: [...now.keys()].filter((volume) => !old.has(volume)),
  };
}

function reasonsFor(before: Existing, { fields, volumes, gone, added }: Changes): string[] {
  const stays = (volume: string) => `its data stays in ${listed(claimsOf(before, volume))}`;
  return [
    ...volumes.map(({ change }) => change.text),
    ...gone.map((volume) => `volume ${volume} is gone, and ${stays(volume)}`),
    ...added.map((volume) => `volume ${volume} is new, and starts empty`),
    ...fields.values(),
  ];
}

/** The volumes whose claims must be deleted and made again. */
function renewed({ volumes }: Changes): string[] {
  return [...new Set(volumes.flatMap(({ volume, change }) => (change.kind === 'new-claim' ? [volume] : [])))];
}

function leavesData(changes: Changes): boolean {
  return renewed(changes).length + changes.gone.length > 0;
}

// A claim goes only when no pod uses it. Pods with other labels would not be taken over.
function stopsPods(changes: Changes): boolean {
  return renewed(changes).length > 0 || changes.fields.has('spec.selector');
}

// A pod that keeps running keeps its old DNS name. `rollout restart` would leave an annotation that is in no file.
function renamesPods({ fields }: Changes): boolean {
  return fields.has('spec.serviceName');
}

function stepsBefore(before: Existing, changes: Changes): string[] {
  const backup = 'back its data up now, for example with catamaran backup';
  return [
    ...renewed(changes).map(
      (volume) => `# Write the old value for volume ${volume}. Or ${backup}: the next steps delete its data.`,
    ),
    ...changes.gone.map((volume) => `# Write the old name ${volume}. Or ${backup}.`),
    ...changes.volumes.flatMap(({ volume, change }) =>
      change.kind === 'grows' ? growSteps(before, volume, change.size) : [],
    ),
  ];
}

// Always without the pods: if they go with the StatefulSet, the claims of other volumes may go as well.
function deletions(before: Existing, changes: Changes): string[] {
  const command = `${kubectl(before.namespace)} delete`;
  const claims = renewed(changes).flatMap((volume) => claimsOf(before, volume));
  return [
    `${command} statefulset ${before.name} --cascade=orphan`,
    ...(stopsPods(changes) ? [`${command} pod ${podsOf(before).join(' ')}`] : []),
    ...(claims.length > 0 ? [`${command} persistentvolumeclaim ${claims.join(' ')}`] : []),
  ];
}

function stepsAfter(before: Existing, changes: Changes): string[] {
  const restart = `${kubectl(before.namespace)} delete pod ${podsOf(before).join(' ')}`;
  return [
    ...(renamesPods(changes) && !stopsPods(changes) ? [restart] : []),
    ...(leavesData(changes) ? ['# Restore the backup, if the data is needed.'] : []),
    ...changes.gone.flatMap((volume) => deleteLater(before, volume)),
  ];
}

/** What to say about a StatefulSet that is no longer in the files. Empty if nothing of it needs a hand. */
export function removedStatefulSet(object: WrittenObject, applier: Applier): Update[] {
  const before = existing(object);
  const { content } = before;
  const volumes = [...volumesOf(content).keys()];
  const claims = listed(volumes.flatMap((volume) => claimsOf(before, volume)));
  if (volumes.length === 0) return [];
  const deletes = textAt(content, 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted') === 'Delete';
  const stays = deletes ? `Its data is in ${claims}, and is deleted with it` : `Its data stays in ${claims}`;
  const who = applier.prunes
    ? `${applier.title} deletes it`
    : `${applier.title} does not delete it, so it keeps running`;
  const command = kubectl(before.namespace);
  return [
    {
      object: `StatefulSet ${before.name}`,
      effect: 'leaves-data',
      reason: `It is no longer in the files: ${who}. ${stays}.`,
      steps: [
        `# Back the data up before this update, if it is needed elsewhere, for example with catamaran backup.`,
        ...(applier.prunes ? [] : [`${command} delete statefulset ${before.name}`]),
        ...(deletes ? [] : volumes.flatMap((volume) => deleteLater(before, volume))),
      ],
    },
  ];
}

function growSteps(before: Existing, volume: string, size: string): string[] {
  const patch = JSON.stringify({ spec: { resources: { requests: { storage: size } } } });
  const command = `${kubectl(before.namespace)} patch persistentvolumeclaim`;
  return [
    `# The StorageClass must have allowVolumeExpansion: kubectl get storageclass`,
    ...claimsOf(before, volume).map((claim) => `${command} ${claim} --patch '${patch}'`),
  ];
}

function deleteLater(before: Existing, volume: string): string[] {
  const claims = claimsOf(before, volume).join(' ');
  return [
    `# When nobody needs the old data: ${kubectl(before.namespace)} delete persistentvolumeclaim ${claims}`,
  ];
}

/** A StatefulSet as it was, read once. */
interface Existing extends WrittenObject {
  readonly content: Mapping;
  readonly replicas: number;
}

function existing(object: WrittenObject): Existing {
  const content = contentOf(object.text);
  return { ...object, content, replicas: Number(textAt(content, 'spec.replicas') || 1) };
}

function podsOf({ name, replicas }: Existing): string[] {
  return Array.from({ length: replicas }, (_, index) => `${name}-${index}`);
}

/** The claims that a StatefulSet has made from the template of a volume. */
function claimsOf(before: Existing, volume: string): string[] {
  return podsOf(before).map((pod) => `${volume}-${pod}`);
}

function volumesOf(content: Mapping): Map<string, Mapping> {
  const claims = valueAt(content, templates);
  const list: readonly unknown[] = Array.isArray(claims) ? claims : [];
  return new Map(list.filter(isMapping).map((claim) => [textAt(claim, 'metadata.name'), claim]));
}

/** Reasons as one sentence, which starts with a capital letter. */
export function sentence(reasons: readonly string[]): string {
  const text = listed(reasons);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
