import * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';
import { reasonOf } from '../../constructs/target/runner';
import { fieldManager, handEditOf, type HandEdit, type LiveObject } from './hand-edits';
import type { Kubectl } from './kubectl';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';

/**
 * Finds fields that somebody added by hand to the objects of an application. An update would leave these fields.
 * @param live the objects in the cluster
 * @param then `remove` in an update, which removes the fields first; `warn` in a preview and a refresh
 * @throws {pulumi.RunError} if the fields cannot be removed
 */
export async function withoutHandEdits(
  live: readonly LiveObject[],
  plan: KubernetesPlan,
  kubectl: Kubectl,
  then: 'remove' | 'warn',
): Promise<void> {
  for (const { object, added, patch } of handEdits(live, plan)) {
    const edit = `${object} was edited by hand: somebody added ${added.join(', ')}`;
    if (then === 'warn') {
      await pulumi.log.warn(`${edit}. The next pulumi up removes these fields`);
      continue;
    }
    await pulumi.log.info(`${edit}. These fields are now removed`);
    const args = ['--type', 'json', '--patch', JSON.stringify(patch), '--field-manager', fieldManager];
    const patched = await kubectl('patch', object, ...args);
    if (patched.code !== 0)
      throw runError(`${edit}. These fields cannot be removed: ${reasonOf('kubectl', patched)}`);
  }
}

function handEdits(live: readonly LiveObject[], plan: KubernetesPlan): HandEdit[] {
  const planned = objectsIn(plan);
  return live.flatMap((item) => {
    const { kind, metadata } = item;
    const same = planned.find((one) => one.kind === kind && one.metadata.name === metadata.name);
    // The update deletes objects that are not in the plan.
    return same && 'spec' in same ? (handEditOf(item, same.spec) ?? []) : [];
  });
}
