import type { Exposure } from '../model/network';
import { opaque } from '../values/opaque';

/**
 * Publishes a component at a port of the Docker host.
 *
 * @param port the port of the host, from 1 to 65535
 * @param address the address of the host to listen at. With `127.0.0.1`, only programs on the host can connect.
 *   @default 0.0.0.0, every IPv4 address of the host
 * @example docker({ components: { proxy: { expose: hostPort(8080, '127.0.0.1') } } })
 */
export function hostPort(port: number, address = '0.0.0.0'): Exposure & { kind: 'host-port' } {
  return published({ kind: 'host-port', port, address });
}

/**
 * Publishes a component with a Service of type NodePort: at the same port of every node.
 *
 * @param nodePort the port of the nodes; a cluster allows 30000 to 32767 unless it is configured otherwise
 * @param port the port of the Service within the cluster. @default 80
 * @example kubernetes({ namespace: 'shop', components: { proxy: { expose: nodePort(30080) } } })
 */
export function nodePort(nodePort: number, port = 80): Exposure & { kind: 'node-port' } {
  return published({ kind: 'node-port', nodePort, port });
}

/**
 * Publishes a component with a Service of type LoadBalancer. The cluster's provider gives it an address.
 *
 * @param port the port of the load balancer, from 1 to 65535
 * @example kubernetes({ namespace: 'shop', components: { proxy: { expose: loadBalancer(443) } } })
 */
export function loadBalancer(port: number): Exposure & { kind: 'load-balancer' } {
  return published({ kind: 'load-balancer', port });
}

function published<Made extends Exclude<Exposure, { readonly kind: 'internal' }>>(made: Made): Made {
  return opaque(made, ({ port }) => ({
    what: `the publication at port ${port}`,
    write: 'it as expose in the components of an environment',
  }));
}
