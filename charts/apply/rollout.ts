import type * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';
import type { Kubectl } from './kubectl';
import { lastWords, tell } from './last-words';
import type { ManifestOf } from '../manifest';

/** What dependents of a Deployment wait for: that its release is out. */
export function rolledOut(
  deployment: ManifestOf<'Deployment'>,
  made: pulumi.CustomResource,
  kubectl: Kubectl,
): pulumi.Input<pulumi.Resource> {
  return made.id.apply(async () => {
    await rollout(deployment, kubectl);
    return made;
  });
}

/**
 * Waits until the pods of a Deployment are those of this release. The provider knows no deadline, and says nothing of
 * what a pod that is not ready logged.
 * @throws {pulumi.RunError} at the deadline, with the last lines of a pod that is not ready
 */
export async function rollout(deployment: ManifestOf<'Deployment'>, kubectl: Kubectl): Promise<void> {
  const { name } = deployment.metadata;
  const { code, stderr } = await kubectl('rollout', 'status', `deployment/${name}`);
  if (code === 0) return;
  const words = await lastWords(deployment.spec?.selector.matchLabels ?? {}, kubectl);
  throw runError(`${name}: ${stderr.trim()}${words ? tell(words) : ''}`);
}
