import type { PlannedImage } from '../constructs/model/image';
import type { Contents } from '../constructs/target/contents';
import type { OwnedObject } from '../constructs/target/clashes';
import { withoutHash } from '../constructs/target/hash';
import { titleOf } from '../constructs/model/own-object';
import { volumesGroup, type ObjectFile } from './group';
import { defines, definitionsFile, ownObjectsIn } from './own';
import { published } from './published';
import { namedByContent, type Manifest } from './manifest';
import type { KubernetesPlan } from './plan';
import { containersOf, podsIn } from './pods';

/** Lists the contents of a Kubernetes plan. */
export const kubernetesContents: Contents<KubernetesPlan> = {
  owned,
  objects,
  images,
  published,
  passedThrough: (plan) => ({ titles: ownObjectsIn(plan).map(titleOf), note: noteOn(plan) }),
  size: ({ groups, own }) => ({
    count: [...groups, ...own].reduce((sum, group) => sum + group.objects.length, 0),
    unit: 'objects',
  }),
};

function noteOn({ own, delivery }: KubernetesPlan): string {
  const note = 'Written as they are. The checks of the model do not know them';
  // kubectl asks the cluster for all kinds before it applies the first object.
  return delivery.length === 0 && own.some(defines)
    ? `${note}. With kubectl, apply ${definitionsFile} first: only then does the cluster know the kinds that it defines`
    : note;
}

function owned({ groups }: KubernetesPlan): OwnedObject[] {
  return groups.flatMap(({ name, objects }) =>
    objects.flatMap((object) =>
      [`${object.kind} ${object.metadata.name}`, ...claimsMadeBy(object)].map((title) => ({
        // A shared volume has the name of its claim.
        workload: name === volumesGroup ? object.metadata.name : name,
        title,
      })),
    ),
  );
}

/**
 * The volume claims that a StatefulSet makes for its first pod. A claim that exists already would be used as it is, with
 * the data of another.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
 */
function claimsMadeBy(object: Manifest): string[] {
  if (object.kind !== 'StatefulSet') return [];
  const claims = object.spec?.volumeClaimTemplates ?? [];
  return claims.map(({ metadata }) => `PersistentVolumeClaim ${metadata?.name}-${object.metadata.name}-0`);
}

function objects(plan: KubernetesPlan): string[] {
  const { groups, encrypted, delivery } = plan;
  const files: readonly Pick<ObjectFile, 'objects'>[] = [...groups, ...delivery, { objects: encrypted }];
  const all = files.flatMap(({ objects }) => objects);
  const made = all.map(({ kind, metadata: { name } }) => {
    const hashed = namedByContent.some((one) => one === kind);
    return `${kind} ${hashed ? withoutHash(name) : name}`;
  });
  return [...made, ...ownObjectsIn(plan).map(titleOf)];
}

function images(plan: KubernetesPlan): PlannedImage[] {
  return podsIn(plan).flatMap((pod) =>
    containersOf(pod).flatMap(({ image: name }) =>
      name === undefined ? [] : [{ workload: pod.workload, name }],
    ),
  );
}
