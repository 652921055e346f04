/** A TCP port that a workload listens on. */
export interface Port {
  readonly name: string;
  readonly number: number;
}

/** How a workload can be reached from outside of the application. */
export type Exposure =
  | { readonly kind: 'internal' }
  /** A port of the one host, bound to an address of it. */
  | { readonly kind: 'host-port'; readonly port: number; readonly address: string }
  /** The same port on every node of the cluster. */
  | { readonly kind: 'node-port'; readonly port: number; readonly nodePort: number }
  /** An address of its own, from the cluster's provider. */
  | { readonly kind: 'load-balancer'; readonly port: number };

/** The port in the URLs of visitors, who come with TLS. */
export function httpsPort(exposure: Exposure): number {
  if (exposure.kind === 'internal') return 443;
  return exposure.kind === 'node-port' ? exposure.nodePort : exposure.port;
}

/** The port that no other workload on the same host, or in the same cluster, can publish at; none where each has its own. */
export function sharedPort(exposure: Exposure): number | undefined {
  if (exposure.kind === 'host-port') return exposure.port;
  return exposure.kind === 'node-port' ? exposure.nodePort : undefined;
}

/** The permission to open connections; there is no other way to get one. */
export type Connection =
  | { readonly kind: 'workload'; readonly workload: string; readonly port: number }
  | {
      readonly kind: 'external';
      readonly name: string;
      readonly host: string;
      readonly port: number;
      /** CIDR blocks that the host's addresses lie in. */
      readonly addresses: readonly string[];
    };

/** Stands for all of the internet: private networks and the metadata service stay closed. */
export const publicAddresses: readonly string[] = ['0.0.0.0/0'];
