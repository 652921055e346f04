import { printedJson } from '../../constructs/target/run-error';
import * as pulumi from '@pulumi/pulumi';
import { reasonOf } from '../../constructs/target/runner';
import type { LiveObject } from './hand-edits';
import type { Kubectl } from './kubectl';

/** The kinds of objects that are read: those that define how an application runs. */
const kinds = 'deployments,statefulsets,cronjobs,services';

/** The objects of an application that are in the cluster, before an update. Empty, with a warning, if they cannot be read. */
export async function liveObjects(application: string, kubectl: Kubectl): Promise<readonly LiveObject[]> {
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
  return items;
}
