import type { Violation } from '../../constructs/policy/policy';
import type { PodContainer, Manifest } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { podsIn, type PlannedPod } from '../pods';

/** What is wrong, and where in the object or the container that is asked about. */
export type Fault = Pick<Violation, 'field' | 'got' | 'write'>;

/** Nothing where a field is right. */
export function must(right: boolean, field: string, got: unknown, write: string): Fault[] {
  return right ? [] : [{ field, got, write }];
}

/** Asks of every pod of a plan. */
export function ofPods(faults: (pod: PlannedPod, plan: KubernetesPlan) => readonly Fault[]) {
  return (plan: KubernetesPlan): Violation[] =>
    podsIn(plan).flatMap((pod) =>
      faults(pod, plan).map((fault) => about(pod.workload, titleOf(pod.controller), fault)),
    );
}

/** Asks of every container of every pod, of those that wait for others as well. */
export function ofContainers(faults: (container: PodContainer, pod: PlannedPod) => readonly Fault[]) {
  return (plan: KubernetesPlan): Violation[] =>
    podsIn(plan).flatMap((pod) =>
      [...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap((container) =>
        faults(container, pod).map((fault) =>
          about(pod.workload, `${titleOf(pod.controller)} ${container.name}`, fault),
        ),
      ),
    );
}

/** Asks of every object of a plan. */
export function ofObjects(faults: (object: Manifest, plan: KubernetesPlan) => readonly Fault[]) {
  return (plan: KubernetesPlan): Violation[] =>
    plan.groups.flatMap(({ name, objects }) =>
      objects.flatMap((object) => faults(object, plan).map((fault) => about(name, titleOf(object), fault))),
    );
}

/** Every object of a plan. */
export function objectsIn({ groups }: KubernetesPlan): Manifest[] {
  return groups.flatMap(({ objects }) => objects);
}

/** Whether a selector picks pods of these labels. */
export function selects(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}

/** Whether what a pod does has no end. */
export function podRunsForever({ controller }: PlannedPod): boolean {
  return controller.kind === 'Deployment' || controller.kind === 'StatefulSet';
}

function titleOf({ kind, metadata }: Pick<Manifest, 'kind' | 'metadata'>): string {
  return `${kind}/${metadata.name}`;
}

function about(workload: string, title: string, { field, ...fault }: Fault): Violation {
  return { workload, field: `${title} ${field}`, ...fault };
}
