import type { Secret } from '../values/secret';

/**
 * A database, cache or search engine that somebody else runs, such as a cloud provider.
 *
 * @example { host: 'db.example.com', addresses: ['203.0.113.0/24'] }
 */
export interface ManagedService {
  /** The host name or IPv4 address of the service. */
  readonly host: string;
  /** The port of the service. @default 5432, 3306, 27017, 6379 or 9200: the usual port of its kind */
  readonly port?: number;
  /**
   * The IP addresses of the service, as CIDR blocks. A network policy cannot name a host, so it opens the port to
   * these addresses. @default every public address
   */
  readonly addresses?: readonly string[];
  /**
   * A secret that holds the whole connection URL.
   * @default a URL made of host, port, user, database and password, that requires TLS
   */
  readonly url?: Secret;
}
