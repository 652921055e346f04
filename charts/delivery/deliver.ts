import type { Context } from '../context';
import type { DeliveryFile, ObjectGroup } from '../group';
import { deliverWithArgoCd } from './argo-cd';
import { deliverWithFlux } from './flux';

/** The groups of a plan as a controller reads them, and what it is told of them. */
export interface Delivered {
  readonly groups: readonly ObjectGroup[];
  readonly delivery: readonly DeliveryFile[];
}

/** Prepares groups, in start order, for whoever applies them. */
export function deliver(groups: readonly ObjectGroup[], context: Context): Delivered {
  const { gitops } = context.place;
  switch (gitops.kind) {
    case 'none':
      return { groups, delivery: [] };
    case 'argo-cd':
      return deliverWithArgoCd(groups, gitops, context);
    case 'flux':
      return deliverWithFlux(groups, gitops, context);
  }
}
