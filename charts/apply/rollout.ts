import type * as pulumi from '@pulumi/pulumi';
import { runError } from '../../constructs/target/run-error';
import { reasonOf } from '../../constructs/target/runner';
import type { Kubectl } from './kubectl';
import { ending, findUnready } from './unready';
import type { ManifestOf } from '../manifest';

/** A resource for the dependents of a Deployment to wait for: it exists when the rollout has succeeded. */
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
 * Waits until the rollout of a Deployment has finished. The provider ignores the deadline of the Deployment, and does not
 * show the logs of pods that are not ready.
 * @throws {pulumi.RunError} if the deadline has passed, with the end of the log of a pod that is not ready
 */
export async function rollout(deployment: ManifestOf<'Deployment'>, kubectl: Kubectl): Promise<void> {
  const { name } = deployment.metadata;
  const finished = await kubectl('rollout', 'status', `deployment/${name}`);
  if (finished.code === 0) return;
  const unready = await findUnready(deployment.spec?.selector.matchLabels ?? {}, kubectl);
  throw runError(`${name}: the rollout failed: ${reasonOf('kubectl', finished)}${ending(unready)}`);
}
