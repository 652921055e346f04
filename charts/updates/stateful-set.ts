import { isDeepStrictEqual } from 'node:util';
import { isMapping, type Mapping } from '../../constructs/model/data';
import type { Update } from '../../constructs/target/update';
import { kubectl, type Applier } from './applier';
import { changed, claimChanges, type ClaimChange } from './claims';
import { immutable } from './immutable';
import { contentOf, textAt, valueAt, type WrittenObject } from './written';

/** A volume of a StatefulSet with its changes. */
interface VolumeChange {
  readonly volume: string;
  readonly change: ClaimChange;
}

const templates = 'spec.volumeClaimTemplates';

/**
 * What to do about the fields of a StatefulSet that cannot be changed. A StatefulSet that is deleted without its pods and
 * claims, and then made again, takes them over.
 * @see https://kubernetes.io/docs/tasks/run-application/delete-stateful-set/
 */
export function statefulSetUpdates(before: WrittenObject, after: WrittenObject, applier: Applier): Update[] {
  const [old, now] = [contentOf(before.text), contentOf(after.text)];
  const fields = immutable.StatefulSet.filter(({ path }) => path !== templates).flatMap(({ path }) => {
    const [was, is] = [valueAt(old, path), valueAt(now, path)];
    return isDeepStrictEqual(was, is) ? [] : [{ path, text: changed(path, was, is) }];
  });
  const [oldVolumes, newVolumes] = [volumesOf(old), volumesOf(now)];
  const changes = [...oldVolumes].flatMap(([volume, claim]): VolumeChange[] =>
    claimChanges(`volume ${volume}`, claim, newVolumes.get(volume) ?? claim).map((change) => ({
      volume,
      change,
    })),
  );
  const gone = [...oldVolumes.keys()].filter((volume) => !newVolumes.has(volume));
  const added = [...newVolumes.keys()].filter((volume) => !oldVolumes.has(volume));
  const reasons = [
    ...changes.map(({ change }) => change.text),
    ...gone.map(
      (volume) => `volume ${volume} is gone, and its data stays in ${listed(claimsOf(before, volume))}`,
    ),
    ...added.map((volume) => `volume ${volume} is new, and starts empty`),
    ...fields.map(({ text }) => text),
  ];
  if (reasons.length === 0) return [];
  const anew = changes.flatMap(({ volume, change }) => (change.kind === 'new-claim' ? [volume] : []));
  const isSelector = fields.some(({ path }) => path === 'spec.selector');
  const isService = fields.some(({ path }) => path === 'spec.serviceName');
  const object = `StatefulSet ${before.name}`;
  const command = kubectl(before.namespace);
  const claims = [...new Set(anew)].flatMap((volume) => claimsOf(before, volume));
  const orphans = claims.length === 0 && !isSelector;
  return [
    {
      object,
      effect: anew.length + gone.length > 0 ? 'leaves-data' : 'refused',
      reason: `${sentence(reasons)}. A cluster refuses every such change of a StatefulSet.${orphans ? ' Its pods keep running during these steps.' : ''}`,
      steps: [
        ...backupSteps(anew, gone, before),
        ...changes.flatMap(({ volume, change }) =>
          change.kind === 'grows' ? growSteps(before, volume, change.size) : [],
        ),
        ...applier.before(object),
        `${command} delete statefulset ${before.name}${orphans ? ' --cascade=orphan' : ''}`,
        ...claims.map((claim) => `${command} delete persistentvolumeclaim ${claim}`),
        ...applier.apply(after),
        // A pod that keeps running keeps its old DNS name.
        ...(isService && orphans ? [`${command} rollout restart statefulset/${before.name}`] : []),
        ...(anew.length + gone.length > 0 ? ['# Restore the backup, if the data is needed.'] : []),
        ...gone.flatMap((volume) => deleteLater(before, volume)),
      ],
    },
  ];
}

/** What to say about a StatefulSet that is no longer in the files. Empty if nothing of it needs a hand. */
export function removedStatefulSet(before: WrittenObject, applier: Applier): Update[] {
  const content = contentOf(before.text);
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

function backupSteps(anew: readonly string[], gone: readonly string[], { name }: WrittenObject): string[] {
  const backup = 'back its data up now, for example with catamaran backup';
  return [
    ...new Set([
      ...anew.map(
        (volume) =>
          `# Write the old value of volume ${volume} again. Or ${backup}: the next steps delete its claim.`,
      ),
      ...gone.map(
        (volume) =>
          `# Give volume ${volume} of ${name} its name back. Or ${backup}, to restore it into another volume.`,
      ),
    ]),
  ];
}

function growSteps(before: WrittenObject, volume: string, size: string): string[] {
  const patch = JSON.stringify({ spec: { resources: { requests: { storage: size } } } });
  const command = `${kubectl(before.namespace)} patch persistentvolumeclaim`;
  return [
    `# The StorageClass must have allowVolumeExpansion: kubectl get storageclass`,
    ...claimsOf(before, volume).map((claim) => `${command} ${claim} --patch '${patch}'`),
  ];
}

function deleteLater(before: WrittenObject, volume: string): string[] {
  const claims = claimsOf(before, volume).join(' ');
  return [
    `# When nobody needs the old data: ${kubectl(before.namespace)} delete persistentvolumeclaim ${claims}`,
  ];
}

/** The claims that a StatefulSet has made from the template of a volume. */
function claimsOf({ name, text }: WrittenObject, volume: string): string[] {
  const replicas = Number(textAt(contentOf(text), 'spec.replicas') || 1);
  return Array.from({ length: replicas }, (_, index) => `${volume}-${name}-${index}`);
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

/** `a`, `a and b`, or `a, b and c`. */
export function listed(words: readonly string[]): string {
  const [last = '', ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
