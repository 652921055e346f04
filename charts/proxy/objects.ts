import type { Workload } from '../../constructs/model/workload';
import type { Context } from '../lower/context';
import type { Manifest } from '../manifest';
import { gatewayObjects } from './gateway';
import { ingressObjects } from './ingress';

/** What the routes of a workload become where the cluster's own proxy carries them out. */
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
