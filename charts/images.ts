import type { Manifest, PodSpec } from './manifest';
import type { KubernetesPlan } from './plan';

/** The image of each container that a plan starts, by the workload that it belongs to. */
export function imagesIn({ groups }: KubernetesPlan): { readonly workload: string; readonly name: string }[] {
  return groups.flatMap(({ name: workload, objects }) => {
    const pods = objects.flatMap((object) => podOf(object) ?? []);
    const containers = pods.flatMap((pod) => [...(pod.initContainers ?? []), ...pod.containers]);
    return containers.flatMap(({ image: name }) => (name === undefined ? [] : [{ workload, name }]));
  });
}

function podOf(object: Manifest): PodSpec | undefined {
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'Job':
      return object.spec?.template.spec;
    case 'CronJob':
      return object.spec?.jobTemplate.spec?.template.spec;
    default:
      return undefined;
  }
}
