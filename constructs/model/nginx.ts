import start from './nginx-start.sh';

/** The folder with the configuration of an nginx, and with the program that starts it. */
export const nginxFolder = '/etc/nginx/conf.d';

/**
 * The program that starts an nginx, in a file of {@link nginxFolder}. It writes what depends on the machine, and then
 * starts nginx with the configuration of its image. It writes into /tmp: the DNS server and the domain of the cluster,
 * where to listen on IPv6, the number of worker processes, and the hash of each password, because nginx reads only
 * hashes. It needs sh, awk and sed, and openssl for the hashes; every Debian image of nginx has them.
 *
 * A link to each file beside nginx.conf keeps the includes of the image's configuration working. If the image has the
 * entrypoint of the official images, nginx starts through it.
 */
export const nginxStartFile: Readonly<Record<string, string>> = { 'start.sh': start };

/** The path of the program that starts an nginx. */
export const nginxStartPath = `${nginxFolder}/start.sh`;

/**
 * What an nginx reads from files that its start program writes, because it depends on the machine. A
 * configuration includes these files.
 */
export const machine = {
  /** The DNS server, and whether to ask it for IPv6 addresses. */
  resolver: 'include /tmp/machine/resolver.conf;',
  /** The domain of the cluster, as the value of a map. */
  clusterDomain: 'include /tmp/machine/domain.conf;',
} as const;

/** Cookies and tokens can make headers large: each line of a request can have up to 64 KiB. */
export const headerSpace = 'large_client_header_buffers 4 64k;';

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
