import type { ClusterProxy } from '../../constructs/model/proxy';
import type { ProxyTable } from '../../constructs/target/proxy';
import { gatewayTable } from './gateway-support';
import { ingressNginx, plainIngress } from './ingress-support';
import { nginxProxy } from './nginx';

/** What a cluster's proxy does with everything that it can be asked for. */
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
