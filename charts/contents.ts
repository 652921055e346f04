import type { PlannedImage } from '../constructs/model/image';
import type { Contents } from '../constructs/target/contents';
import type { OwnedObject } from '../constructs/target/clashes';
import { withoutHash } from '../constructs/target/hash';
import type { ObjectFile } from './group';
import { published } from './published';
import { namedByContent } from './manifest';
import type { KubernetesPlan } from './plan';
import { containersOf, podsIn } from './pods';

/** Lists the contents of a Kubernetes plan. */
export const kubernetesContents: Contents<KubernetesPlan> = {
  owned,
  objects,
  images,
  published,
  size: ({ groups }) => ({
    count: groups.reduce((sum, group) => sum + group.objects.length, 0),
    unit: 'objects',
  }),
};

function owned({ groups }: KubernetesPlan): OwnedObject[] {
  return groups.flatMap(({ name: workload, objects }) =>
    objects.map(({ kind, metadata }) => ({ workload, title: `${kind} ${metadata.name}` })),
  );
}

function objects({ groups, encrypted, delivery }: KubernetesPlan): string[] {
  const files: readonly Pick<ObjectFile, 'objects'>[] = [...groups, ...delivery, { objects: encrypted }];
  const all = files.flatMap(({ objects }) => objects);
  return all.map(({ kind, metadata: { name } }) => {
    const hashed = namedByContent.some((one) => one === kind);
    return `${kind} ${hashed ? withoutHash(name) : name}`;
  });
}

function images(plan: KubernetesPlan): PlannedImage[] {
  return podsIn(plan).flatMap((pod) =>
    containersOf(pod).flatMap(({ image: name }) =>
      name === undefined ? [] : [{ workload: pod.workload, name }],
    ),
  );
}
