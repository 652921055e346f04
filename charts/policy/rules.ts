import type { Fault, Violation } from '../../constructs/policy/policy';
import type { Manifest, ManifestOf, PodContainer, PolicyPeer } from '../manifest';
import type { KubernetesPlan } from '../plan';
import { containersOf, podsIn, type PlannedPod } from '../pods';

export type { Fault };

/** A list with a fault, or an empty list if the field is right. */
export function faultUnless(right: boolean, field: string, got: unknown, write: string): Fault[] {
  return right ? [] : [{ field, got, write }];
}

/** A list with a fault, or an empty list if a name is right. @param problem what to write instead of a wrong name */
export function nameFaults(
  field: string,
  got: string | undefined,
  problem: (name: string) => string | undefined,
): Fault[] {
  const write = got === undefined ? undefined : problem(got);
  return write === undefined ? [] : [{ field, got, write }];
}

/** All ends of the connections that a NetworkPolicy allows. */
export function peersOf({ spec }: ManifestOf<'NetworkPolicy'>): readonly PolicyPeer[] {
  const { ingress = [], egress = [] } = spec ?? {};
  return [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)];
}

/** Checks every pod of a plan. */
export function eachPod(faults: (pod: PlannedPod, plan: KubernetesPlan) => readonly Fault[]) {
  return (plan: KubernetesPlan): Violation[] =>
    podsIn(plan).flatMap((pod) =>
      faults(pod, plan).map((fault) => ({
        workload: pod.workload,
        object: titleOf(pod.controller),
        ...fault,
      })),
    );
}

/** Checks every container of every pod, init containers included. */
export function eachPodContainer(
  faults: (container: PodContainer, pod: PlannedPod, plan: KubernetesPlan) => readonly Fault[],
) {
  return (plan: KubernetesPlan): Violation[] =>
    podsIn(plan).flatMap((pod) =>
      containersOf(pod).flatMap((container) =>
        faults(container, pod, plan).map((fault) => ({
          workload: pod.workload,
          object: `${titleOf(pod.controller)} ${container.name}`,
          ...fault,
        })),
      ),
    );
}

/** Checks every object of a plan. */
export function eachObject(faults: (object: Manifest, plan: KubernetesPlan) => readonly Fault[]) {
  return (plan: KubernetesPlan): Violation[] =>
    plan.groups.flatMap(({ name, objects }) =>
      objects.flatMap((object) =>
        faults(object, plan).map((fault) => ({ workload: name, object: titleOf(object), ...fault })),
      ),
    );
}

/** Whether a selector selects pods with these labels. */
export function selects(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);
}

/** Whether a pod runs until it is stopped. The pod of a job ends by itself. */
export function podRunsForever({ controller }: PlannedPod): boolean {
  return controller.kind === 'Deployment' || controller.kind === 'StatefulSet';
}

function titleOf({
  kind,
  metadata,
}: {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}): string {
  return `${kind}/${metadata.name}`;
}
