import * as pulumi from '@pulumi/pulumi';
import { printedJson, runError } from '../../constructs/target/run-error';
import { reasonOf } from '../../constructs/target/runner';
import { fieldManager, handEditOf, type HandEdit, type LiveObject } from './hand-edits';
import type { Kubectl } from './kubectl';
import type { KubernetesPlan } from '../plan';
import { objectsIn } from '../group';

/** The kinds of objects that are searched for edits: those that define how an application runs. */
const kinds = 'deployments,statefulsets,cronjobs,services';

/**
 * Finds fields that somebody added by hand to the objects of an application. An update would leave these fields.
 * @param then `remove` in an update, which removes the fields first; `warn` in a preview and a refresh
 * @throws {pulumi.RunError} if the fields cannot be removed
 */
export async function withoutHandEdits(
  application: string,
  plan: KubernetesPlan,
  kubectl: Kubectl,
  then: 'remove' | 'warn',
): Promise<void> {
  const edits = await handEdits(application, plan, kubectl);
  for (const { object, added, patch } of edits) {
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

async function handEdits(application: string, plan: KubernetesPlan, kubectl: Kubectl): Promise<HandEdit[]> {
  const selector = `app.kubernetes.io/part-of=${application}`;
  const args = ['--selector', selector, '--show-managed-fields', '--output', 'json'];
  const listed = await kubectl('get', kinds, ...args);
  if (listed.code !== 0) {
    await pulumi.log.warn(
      `Edits by hand cannot be found, because the objects cannot be read: ${reasonOf('kubectl', listed)}`,
    );
    return [];
  }
  const { items } = printedJson('kubectl get', listed.stdout) as { readonly items: readonly LiveObject[] };
  const planned = objectsIn(plan);
  return items.flatMap((item) => {
    const { kind, metadata } = item;
    const same = planned.find((one) => one.kind === kind && one.metadata.name === metadata.name);
    // The update deletes objects that are not in the plan.
    return same && 'spec' in same ? (handEditOf(item, same.spec) ?? []) : [];
  });
}
