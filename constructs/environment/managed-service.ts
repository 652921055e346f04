import { optional, type Kind, type Shape } from '../shape/kind';
import { addressBlocks } from '../values/address-blocks';
import { object } from '../shape/object';
import { anyPort } from '../shape/numbers';
import { quoted, text } from '../shape/words';
import { secretKind, type Secret } from '../values/secret';

/**
 * A database, cache or search engine that somebody else runs, such as a cloud provider.
 *
 * @example { host: 'db.example.com', addresses: ['203.0.113.0/24'], username: 'shop' }
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
  /** The user of the service. @default the user of the component */
  readonly username?: string;
  /** The database in the service; for a cache, its number. @default the database of the component */
  readonly database?: string;
  /**
   * A secret that holds the whole connection URL, for `database.url`. All other references, such as `database.host`
   * and `database.urlWith(…)`, are made of host, port, user, database, and the secret of the password: it is named after
   * the component, `DATABASE_PASSWORD` for `database`.
   * @default a URL made of host, port, user, database and password, that requires TLS
   */
  readonly url?: Secret;
}

const managedShape: Shape<ManagedService> = {
  host: text("a host name, such as 'db.example.com'"),
  port: optional(anyPort),
  addresses: optional(addressBlocks),
  url: optional(secretKind),
  username: optional(text("the name of a user, such as 'shop'")),
  database: optional(text("the name of a database, such as 'shop'")),
};

const words = { title: 'a field of managed', write: "{ host: 'db.example.com' }" };

const managedObject = object(managedShape, words);

/** A managed service. */
export const managedKind: Kind<ManagedService> = {
  ...managedObject,
  check: (value, field, problems) => {
    // A text is most probably the host, unless it is a URL, which has a password.
    if (typeof value === 'string') {
      const write = /^[\w.-]+$/.test(value) ? `{ host: ${quoted(value)} }` : words.write;
      problems.push({ field, got: undefined, write, sentence: `${field} is a text: write ${write}` });
    } else managedObject.check(value, field, problems);
  },
};
