import type { Exposure } from '../model/network';

/** Publishes at a port of the Docker host. @param address @default every address of the host */
export function hostPort(port: number, address = '0.0.0.0'): Exposure & { kind: 'host-port' } {
  return { kind: 'host-port', port, address };
}

/** Publishes at the same port of every node. @param port of the Service within the cluster @default 80 */
export function nodePort(nodePort: number, port = 80): Exposure & { kind: 'node-port' } {
  return { kind: 'node-port', nodePort, port };
}

/** Publishes at an address of its own. */
export function loadBalancer(port: number): Exposure & { kind: 'load-balancer' } {
  return { kind: 'load-balancer', port };
}
