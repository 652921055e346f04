import { posix } from 'node:path';
import type { Context } from '../lower/context';
import type { DeliveryObject, ObjectGroup } from '../group';

/** What the object of a controller says about itself. */
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

/** The name of an application in an environment, which a Pulumi stack has as well. */
export function deliveryName({ model }: Context): string {
  return `${model.name}-${model.environmentName}`;
}

/** The folder of an environment, seen from the root of the repository, or one within it. */
export function folderOf({ model }: Context, path: string, ...within: readonly string[]): string {
  return posix.join(path, model.name, model.environmentName, ...within);
}

/** Whether a group runs at the times of a schedule, so that nothing waits for it. */
export function runsLater({ objects }: ObjectGroup): boolean {
  return objects.some(({ kind }) => kind === 'CronJob');
}
