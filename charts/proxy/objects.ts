import type { Workload } from '../../constructs/model/workload';
import type { Context } from '../lower/context';
import type { Manifest } from '../manifest';
import { gatewayObjects } from './gateway';
import { ingressObjects } from './ingress';

/** The objects for the routes of a workload if the cluster's own proxy handles them; else none. */
export function clusterProxyObjects(workload: Workload, context: Context): Manifest[] {
  const { proxy } = context.environment;
  switch (proxy.kind) {
    case 'nginx':
      return [];
    case 'ingress':
      return ingressObjects(workload, proxy, context);
    case 'gateway':
      return gatewayObjects(workload, proxy, context);
  }
}
