import type { Secret } from '../values/secret';

/** Where a service that somebody else runs is, and which way leads there. */
export interface ManagedService {
  readonly host: string;
  /** @default the kind's own: 5432, 3306, 27017, 6379, 9200 */
  readonly port?: number;
  /** CIDR blocks of its addresses, which is all that a network policy can name. @default every address outside of private networks */
  readonly addresses?: readonly string[];
  /** The whole connection URL as one secret. @default made of host, port, user, database and password, with TLS required */
  readonly url?: Secret;
}
