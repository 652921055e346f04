import type { ClusterProxy } from '../../constructs/model/proxy';
import type { ProxyTable } from '../../constructs/target/proxy';
import { gatewayTable } from './gateway-support';
import { ingressNginx, plainIngress } from './ingress-support';
import { nginxProxy } from './nginx';

/** How a proxy supports the features of routes and TLS in a cluster. */
export function proxyTableOf(proxy: ClusterProxy): ProxyTable {
  switch (proxy.kind) {
    case 'nginx':
      return nginxProxy;
    case 'ingress':
      return proxy.flavour === 'plain' ? plainIngress : ingressNginx(proxy);
    case 'gateway':
      return gatewayTable(proxy);
  }
}
