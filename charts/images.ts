import type { KubernetesPlan } from './plan';
import { podsIn } from './pods';

/** The image of each container that a plan starts, by the workload that it belongs to. */
export function imagesIn(plan: KubernetesPlan): { readonly workload: string; readonly name: string }[] {
  return podsIn(plan).flatMap(({ workload, spec }) => {
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    return containers.flatMap(({ image: name }) => (name === undefined ? [] : [{ workload, name }]));
  });
}
