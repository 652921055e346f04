import * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';
import { fieldManager, handEditOf, type HandEdit, type LiveObject } from './hand-edits';
import type { Kubectl } from './kubectl';
import type { KubernetesPlan } from '../plan';

/** The kinds that somebody edits to make an application do something else. */
const kinds = 'deployments,statefulsets,cronjobs,services';

/**
 * Finds what somebody added by hand to the objects of an application: an update of the objects leaves it.
 * @param then what is done with it: an update takes it away before anything else; what changes nothing tells of it
 * @throws {pulumi.RunError} where it cannot be taken away
 */
export async function withoutHandEdits(
  application: string,
  plan: KubernetesPlan,
  kubectl: Kubectl,
  then: 'take-away' | 'tell',
): Promise<void> {
  const edits = await handEdits(application, plan, kubectl);
  for (const { object, added, patch } of edits) {
    const told = `${object} was edited by hand: it has ${added.join(', ')}`;
    if (then === 'tell') {
      await pulumi.log.warn(`${told}; pulumi up takes that away`);
      continue;
    }
    await pulumi.log.info(`${told}; that is taken away`);
    const args = ['--type', 'json', '--patch', JSON.stringify(patch), '--field-manager', fieldManager];
    const { code, stderr } = await kubectl('patch', object, ...args);
    if (code !== 0) throw runError(`${told}, which cannot be taken away: ${stderr.trim()}`);
  }
}

async function handEdits(application: string, plan: KubernetesPlan, kubectl: Kubectl): Promise<HandEdit[]> {
  const selector = `app.kubernetes.io/part-of=${application}`;
  const args = ['--selector', selector, '--show-managed-fields', '--output', 'json'];
  const { code, stdout, stderr } = await kubectl('get', kinds, ...args);
  if (code !== 0) {
    await pulumi.log.warn(`whether somebody has edited objects by hand is not known: ${stderr.trim()}`);
    return [];
  }
  const { items } = JSON.parse(stdout) as { readonly items: readonly LiveObject[] };
  const planned = plan.groups.flatMap((group) => group.objects);
  return items.flatMap((item) => {
    const { kind, metadata } = item;
    const same = planned.find((one) => one.kind === kind && one.metadata.name === metadata.name);
    // What the plan has no more is deleted by the update.
    return same && 'spec' in same ? (handEditOf(item, same.spec) ?? []) : [];
  });
}
