import type { Context } from '../lower/context';
import type { Delivered, ObjectGroup, OwnGroup } from '../group';
import { deliverWithArgoCd } from './argo-cd';
import { deliverWithFlux } from './flux';

/** Prepares groups, which are in start order, for the GitOps controller of the environment. */
export function deliver(
  groups: readonly ObjectGroup[],
  own: readonly OwnGroup[],
  context: Context,
): Delivered {
  const { gitops } = context.environment;
  switch (gitops.kind) {
    case 'none':
      return { groups, own, delivery: [] };
    case 'argo-cd':
      return deliverWithArgoCd(groups, own, gitops, context);
    case 'flux':
      return deliverWithFlux(groups, own, gitops, context);
  }
}
