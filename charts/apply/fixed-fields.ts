import * as pulumi from '@pulumi/pulumi';
import { objectsIn } from '../group';
import type { KubernetesPlan } from '../plan';
import type { Applier } from '../updates/applier';
import { statefulSetUpdates } from '../updates/stateful-set';
import type { LiveObject } from './hand-edits';

/** Pulumi deletes what is no longer planned, and makes what is missing. */
const byPulumi: Applier = {
  title: 'Pulumi',
  prunes: true,
  before: () => [],
  apply: () => ['pulumi up'],
  applyWhole: () => [],
};

/**
 * Warns of StatefulSets with fields that cannot be changed and that this update changes, with the same steps as `synth`.
 * Otherwise, Pulumi deletes the StatefulSet and makes it again: its claims do not grow, or go with their data.
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go
 * @param live the objects in the cluster
 */
export async function warnOfFixedFields(live: readonly LiveObject[], plan: KubernetesPlan): Promise<void> {
  for (const object of objectsIn(plan)) {
    const { kind, metadata } = object;
    const old = live.find((one) => one.kind === kind && one.metadata.name === metadata.name);
    if (object.kind !== 'StatefulSet' || !isStatefulSet(old)) continue;
    // The API server fills this field in.
    const { podManagementPolicy: _, ...others } = old.spec;
    const before = { ...old, spec: object.spec?.podManagementPolicy === undefined ? others : old.spec };
    const written = (content: unknown) => ({
      ...{ kind, name: metadata.name, namespace: plan.namespace, file: metadata.name },
      text: JSON.stringify(content),
    });
    const keeps = old.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted !== 'Delete';
    const claims = keeps ? 'stay as they are' : 'be deleted, with their data';
    const otherwise = `Pulumi would delete StatefulSet ${metadata.name} with its pods, and make it again. Its claims would ${claims}.`;
    for (const { reason, steps } of statefulSetUpdates(written(before), written(object), byPulumi))
      await pulumi.log.warn(`${otherwise} ${reason} Before the update, do this:\n${steps.join('\n')}`);
  }
}

/** The fields of the spec of a StatefulSet that this code reads. */
interface LiveSpec {
  readonly podManagementPolicy?: string;
  readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string };
}

function isStatefulSet(object: LiveObject | undefined): object is LiveObject & { readonly spec: LiveSpec } {
  return object?.kind === 'StatefulSet' && object.spec !== undefined;
}
