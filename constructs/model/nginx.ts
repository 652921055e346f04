/**
 * What an nginx reads from files that its start program writes, because it depends on the machine: see
 * components/nginx-start.sh. A configuration includes these files.
 */
export const machine = {
  /** The DNS server, and whether to ask it for IPv6 addresses. */
  resolver: 'include /tmp/machine/resolver.conf;',
  /** The domain of the cluster, as the value of a map. */
  clusterDomain: 'include /tmp/machine/domain.conf;',
} as const;

/** A port that an nginx listens on. */
export interface Listener {
  readonly port: number;
  /** Whether visitors speak TLS there. */
  readonly tls: boolean;
}

/** The parameters of a `listen` directive after the address, such as `8443 ssl`. */
export function listenParameters({ port, tls }: Listener): string {
  return `${port}${tls ? ' ssl' : ''}`;
}

/**
 * The directives to listen on a port. On a machine without IPv6, an nginx that listens on IPv6 does not start. So the
 * file with that directive is there only where the machine has IPv6.
 */
export function listening(listener: Listener): string[] {
  return [`listen ${listenParameters(listener)};`, `include /tmp/machine/ipv6-${listener.port}*.conf;`];
}
