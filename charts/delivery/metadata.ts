import { posix } from 'node:path';
import type { Context } from '../lower/context';
import type { OwnObject } from '../../constructs/model/own-object';
import type { DeliveryObject, ObjectGroup, OwnGroup } from '../group';
import { comesLast } from '../own';
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

/** A group of any objects. */
export type AnyGroup = Pick<ObjectGroup, 'name' | 'after'> & {
  readonly objects: readonly { readonly kind: string }[];
};

/** Whether a group is a scheduled workload, or comes after all components. Nothing waits for such a group. */
export function runsLater({ name, objects }: AnyGroup): boolean {
  return comesLast({ name }) || objects.some(({ kind }) => kind === 'CronJob');
}

/** All groups in the order in which they are applied: those of the stack's own manifests come first and last. */
export function inOrder(groups: readonly ObjectGroup[], own: readonly OwnGroup[]): AnyGroup[] {
  const [application, ...workloads] = groups;
  return [
    ...(application ? [application] : []),
    ...own.filter((group) => !comesLast(group)),
    ...workloads,
    ...own.filter(comesLast),
  ];
}

/** An object of the stack with annotations, unless it has its own of the same keys. */
export function ownAnnotated(object: OwnObject, added: Readonly<Record<string, string>>): OwnObject {
  const { apiVersion, kind, metadata, ...others } = object;
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, annotations: { ...added, ...metadata.annotations } },
    ...others,
  };
}
