import type { Template } from '../../model/template';
import { fillTemplate, plain } from '../../model/template';
import { opaque } from '../../values/opaque';
import type { AddressPart, PasswordReference, Reference } from '../../values/reference';
import { wordOf } from '../../values/reference';
import type { UrlOptions } from './connection-url';
import type { StoreNames } from './data-service';

/** What a named database gets from the component of its server. */
export interface Server {
  readonly endpoint: Reference;
  readonly host: Reference;
  readonly port: Reference;
  password(): PasswordReference;
  /** The connection URL. Wrong options are reported. */
  url(options?: UrlOptions): Template;
  reference(part: AddressPart, template: Template): Reference;
}

/**
 * One of several databases of a server, with a user and a password of its own. Each part of its address is a reference: a
 * component that uses it may connect to the server, and starts after it.
 *
 * @example
 * const database = new PostgresDatabase(this, 'database', { databases: { reports: { username: 'reporter' } } });
 * new Backend(this, 'reports', { image: 'reports:1.0', port: 8000, env: { DATABASE_URL: database.at('reports').url } });
 */
export class NamedDatabase {
  constructor(
    private readonly server: () => Server,
    private readonly names: StoreNames,
  ) {}

  /** The connection URL, with the password. It requires TLS if the server is a managed service. */
  get url(): Reference {
    return this.server().reference('url', this.server().url());
  }

  /**
   * The connection URL in the form that a driver wants.
   *
   * @throws IssuesError if the options are not an object
   * @example database.at('reports').urlWith({ scheme: 'postgresql+asyncpg' })
   */
  urlWith(options: UrlOptions): Reference {
    return this.server().reference('url', this.server().url(options));
  }

  /** The host name and port of the server, such as `database:5432`. */
  get endpoint(): Reference {
    return this.server().endpoint;
  }

  /** The host name of the server, such as `database`. */
  get host(): Reference {
    return this.server().host;
  }

  /** The port of the server, such as 5432. */
  get port(): Reference {
    return this.server().port;
  }

  /** The user that owns the database. */
  get username(): Reference {
    return this.server().reference('username', plain(this.names.username));
  }

  /**
   * The password of the user. Its secret is named after the component and the database: `DATABASE_REPORTS_PASSWORD`.
   * `password.file` is the path of a file with it.
   */
  get password(): PasswordReference {
    return this.server().password();
  }

  /** The name of the database in the server. */
  get database(): Reference {
    return this.server().reference('database', plain(this.names.database));
  }
}

opaque(NamedDatabase.prototype, (made) => {
  const { component, template } = made.database;
  const name = fillTemplate(template, new Map());
  return {
    what: `the database ${name} of ${component.name}`,
    write: `one of its references in a text, such as text\`\${${wordOf(component.name)}.at('${name}').url}\``,
  };
});
