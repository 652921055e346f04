import type { Manifest, PodContainer, PodSpec } from './manifest';
import { podSpecOf } from './own';
import type { KubernetesPlan } from './plan';

/** The template of pods, and the object that creates pods from it. */
export interface PlannedPod {
  /** The name of the workload. */
  readonly workload: string;
  readonly controller:
    Extract<Manifest, { readonly kind: 'Deployment' | 'StatefulSet' | 'Job' | 'CronJob' }> | OwnController;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** An object of the stack's own manifests that makes pods. Only its pods are asked, and not how it makes them. */
export interface OwnController {
  readonly kind: `own ${string}`;
  readonly metadata: { readonly name: string };
}

/** The templates of all pods in a plan. */
export function podsIn(plan: KubernetesPlan): PlannedPod[] {
  return [...podsOfComponents(plan), ...ownPods(plan)];
}

function ownPods({ own }: KubernetesPlan): PlannedPod[] {
  return own.flatMap(({ name: workload, objects }) =>
    objects.flatMap((object): PlannedPod[] => {
      const spec = podSpecOf(object);
      if (spec === undefined) return [];
      const controller = { kind: `own ${object.kind}`, metadata: { name: object.metadata.name } } as const;
      return [{ workload, controller, labels: {}, spec }];
    }),
  );
}

function podsOfComponents({ groups }: KubernetesPlan): PlannedPod[] {
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
