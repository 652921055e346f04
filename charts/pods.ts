import type { Manifest, PodContainer, PodSpec } from './manifest';
import type { KubernetesPlan } from './plan';

/** The template of pods, and the object that creates pods from it. */
export interface PlannedPod {
  /** The name of the workload. */
  readonly workload: string;
  readonly controller: Extract<Manifest, { readonly kind: 'Deployment' | 'StatefulSet' | 'Job' | 'CronJob' }>;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** The templates of all pods in a plan. */
export function podsIn({ groups }: KubernetesPlan): PlannedPod[] {
  return groups.flatMap(({ name: workload, objects }) =>
    objects.flatMap((object): PlannedPod[] => {
      const { controller, template } = templateOf(object);
      if (!controller || !template?.spec) return [];
      return [{ workload, controller, labels: template.metadata?.labels ?? {}, spec: template.spec }];
    }),
  );
}

/** All containers of a pod, init containers first. */
export function containersOf(pod: Pick<PlannedPod, 'spec'>): readonly PodContainer[] {
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
}

function templateOf(object: Manifest) {
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'Job':
      return { controller: object, template: object.spec?.template };
    case 'CronJob':
      return { controller: object, template: object.spec?.jobTemplate.spec?.template };
    default:
      return {};
  }
}
