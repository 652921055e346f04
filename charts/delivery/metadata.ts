import { posix } from 'node:path';
import type { Context } from '../lower/context';
import type { DeliveryObject, ObjectGroup } from '../group';
import { deployedName } from '../../constructs/model/path';

/** The metadata of an object for a GitOps controller. */
export function deliveryMetadata(
  { model }: Context,
  name: string,
  namespace: string,
): DeliveryObject['metadata'] {
  return {
    ...(model.owner.email !== '' && { annotations: { email: model.owner.email } }),
    labels: {
      'app.kubernetes.io/managed-by': 'catamaran',
      'app.kubernetes.io/part-of': model.name,
      owner: model.owner.team,
    },
    name,
    namespace,
  };
}

/** The name of an application in an environment: the same as that of its Pulumi stack. */
export function deliveryName({ model }: Context): string {
  return deployedName(model.name, model.environmentName);
}

/** The folder of an environment, or a subfolder of it, relative to the root of the Git repository. */
export function folderOf({ model }: Context, path: string, ...within: readonly string[]): string {
  return posix.join(path, model.name, model.environmentName, ...within);
}

/** Whether a group is a scheduled workload. Nothing waits for such a group. */
export function runsLater({ objects }: ObjectGroup): boolean {
  return objects.some(({ kind }) => kind === 'CronJob');
}
