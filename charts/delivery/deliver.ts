import type { Context } from '../lower/context';
import type { Delivered, ObjectGroup } from '../group';
import { deliverWithArgoCd } from './argo-cd';
import { deliverWithFlux } from './flux';

/** Prepares groups, which are in start order, for the GitOps controller of the environment. */
export function deliver(groups: readonly ObjectGroup[], context: Context): Delivered {
  const { gitops } = context.environment;
  switch (gitops.kind) {
    case 'none':
      return { groups, delivery: [] };
    case 'argo-cd':
      return deliverWithArgoCd(groups, gitops, context);
    case 'flux':
      return deliverWithFlux(groups, gitops, context);
  }
}
