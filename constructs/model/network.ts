import { isIPv4, SocketAddress } from 'node:net';

/** How a program listens on a port. */
export type Protocol = 'tcp' | 'udp';

/** A port that a workload listens on. */
export interface Port {
  /** The name of the port, such as `http`. */
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;
  /** How visitors reach the port. */
  readonly exposure: Exposure;
}

/** A TCP port that only components of the same application reach. */
export function internalPort(name: string, number: number): Port {
  return { name, number, protocol: 'tcp', exposure: { kind: 'internal' } };
}

/** A port in messages and lists: `8000`, or `53/udp`. */
export function portText(number: number, protocol: Protocol = 'tcp'): string {
  return protocol === 'tcp' ? String(number) : `${number}/${protocol}`;
}

/** How visitors from outside the application reach a port. */
export type Exposure =
  | { readonly kind: 'internal' }
  /** At a port of the Docker host, bound to one of its addresses. */
  | { readonly kind: 'host-port'; readonly port: number; readonly address: string }
  /** At the same port on every node of the cluster: a Service of type NodePort. */
  | { readonly kind: 'node-port'; readonly port: number; readonly nodePort: number }
  /** At an address from the cluster's provider: a Service of type LoadBalancer. */
  | { readonly kind: 'load-balancer'; readonly port: number };

/** The port in the https:// URLs of visitors. */
export function httpsPort(exposure: Exposure): number {
  if (exposure.kind === 'internal') return 443;
  return exposure.kind === 'node-port' ? exposure.nodePort : exposure.port;
}

/** A port that only one workload of a host or cluster can have. */
export interface SharedPort {
  readonly number: number;
  /** What the port is known by: no two workloads can have the same key. */
  readonly key: string;
}

/**
 * The port that a publication takes from all other workloads of a host or cluster; undefined if several can have the same
 * one. A host has each number once for each protocol. A cluster gives a number to one Service, for both protocols.
 */
export function sharedPort(exposure: Exposure, protocol: Protocol): SharedPort | undefined {
  switch (exposure.kind) {
    case 'host-port':
      return { number: exposure.port, key: `host-port ${portText(exposure.port, protocol)}` };
    case 'node-port':
      return { number: exposure.nodePort, key: `node-port ${exposure.nodePort}` };
    case 'internal':
    case 'load-balancer':
      return undefined;
  }
}

/** A permission to connect to a workload or to a host outside the application. All other connections are blocked. */
export type Connection =
  | {
      readonly kind: 'workload';
      readonly workload: string;
      readonly port: number;
      readonly protocol: Protocol;
    }
  | {
      readonly kind: 'external';
      readonly name: string;
      readonly host: string;
      readonly port: number;
      readonly protocol: Protocol;
      /** The IP addresses of the host, as CIDR blocks. */
      readonly addresses: readonly string[];
    }
  /** A port of every public address, and of more addresses. */
  | {
      readonly kind: 'internet';
      readonly port: number;
      readonly protocol: Protocol;
      /** As CIDR blocks: those of {@link everyAddress}, and the added ones. */
      readonly addresses: readonly string[];
    }
  /** A program that runs on the Docker host itself, and not in a container. */
  | {
      readonly kind: 'host';
      readonly name: string;
      readonly port: number;
      readonly protocol: Protocol;
    };

/** Every public address. Private networks and the metadata service of a cloud stay blocked. */
export const publicAddresses: readonly string[] = ['0.0.0.0/0'];

/** Every address. Where a connection has one of these blocks, its private addresses stay blocked. */
export const everyAddress: readonly string[] = ['0.0.0.0/0', '::/0'];

/** What to write instead of a text that is not a CIDR block. */
export const blockHint = 'a CIDR block, such as 10.20.0.0/16';

/** Whether a text is a block of IP addresses in CIDR notation. */
export function isBlock(block: string): boolean {
  const [address = '', bits = '', ...others] = block.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return isAddress(address) && others.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** Whether a text is an IP address. */
export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

// The regular expression of Node's own isIPv6 is so long that its first use takes some milliseconds.
function isIPv6(address: string): boolean {
  if (!/^[\da-f:.]+$/i.test(address)) return false;
  try {
    return new SocketAddress({ address, family: 'ipv6' }).family === 'ipv6';
  } catch {
    return false;
  }
}
