import type { PlannedImage } from '../constructs/model/image';
import type { Owned } from '../constructs/target/clashes';
import { withoutHash } from '../constructs/target/hash';
import type { ObjectFile } from './group';
import { namedByContent } from './manifest';
import type { KubernetesPlan } from './plan';
import { podsIn } from './pods';

/** The API objects of each workload, and those of the application. */
export function ownedIn({ groups }: KubernetesPlan): Owned[] {
  return groups.flatMap(({ name: workload, objects }) =>
    objects.map(({ kind, metadata }) => ({ workload, title: `${kind} ${metadata.name}` })),
  );
}

/** Every object that a plan writes, as `Deployment api`; a name is without the hash that changes with the content. */
export function objectsIn({ groups, encrypted, delivery }: KubernetesPlan): string[] {
  const files: readonly Pick<ObjectFile, 'objects'>[] = [...groups, ...delivery, { objects: encrypted }];
  const all = files.flatMap(({ objects }) => objects);
  return all.map(({ kind, metadata: { name } }) => {
    const hashed = namedByContent.some((one) => one === kind);
    return `${kind} ${hashed ? withoutHash(name) : name}`;
  });
}

/** The image of each container that a plan starts. */
export function imagesIn(plan: KubernetesPlan): PlannedImage[] {
  return podsIn(plan).flatMap(({ workload, spec }) => {
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    return containers.flatMap(({ image: name }) => (name === undefined ? [] : [{ workload, name }]));
  });
}
