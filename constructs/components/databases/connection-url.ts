import { kindOf, optional, type Shape } from '../../shape/kind';
import { recordOf } from '../../shape/lists';
import { plain, type SecretPart, type Template } from '../../model/template';

/**
 * What a driver wants in its connection URL instead of the usual one.
 *
 * @example { scheme: 'postgresql+asyncpg', query: { prepared_statement_cache_size: 0 } }
 */
export interface UrlOptions {
  /**
   * The scheme, without `://`.
   * @default the scheme of `url`
   * @example 'jdbc:postgresql'
   */
  readonly scheme?: string;
  /** Parameters of the query, by name, in this order. Their values are encoded. @default none */
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /**
   * The parameters by which the driver asks for TLS. Only a managed service gets them: a database of the application
   * has no TLS. They are left out if `query` says something about TLS itself, with `ssl`, `sslmode` or `tls`.
   * @default those of the scheme: `ssl=require` for postgresql+asyncpg, `sslmode=require` for other PostgreSQL schemes,
   *   `sslMode=REQUIRED` for jdbc:mysql, `sslMode=trust` for jdbc:mariadb, `ssl-mode=REQUIRED` for other MySQL schemes,
   *   `tls=true` for MongoDB, none for a cache or a search engine
   */
  readonly tls?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Where user and password stand: before the host, as the parameters `user` and `password` of the query, or nowhere.
   * @default query for a scheme that starts with `jdbc:`, otherwise user-info
   */
  readonly login?: 'user-info' | 'query' | 'none';
}

const parameters = recordOf(
  kindOf<string | number | boolean>((value) =>
    typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
      ? undefined
      : 'a text, a finite number, true or false',
  ),
  'an object, such as { pool: 5 }',
);

export const urlShape: Shape<UrlOptions> = {
  scheme: optional(
    kindOf((value) =>
      typeof value === 'string' && /^[a-z][a-z0-9+.-]*(:[a-z0-9+.-]+)*$/i.test(value)
        ? undefined
        : 'a scheme without ://, such as postgresql',
    ),
  ),
  query: optional(parameters),
  tls: optional(parameters),
  login: optional(
    kindOf((value) =>
      value === 'user-info' || value === 'query' || value === 'none' ? undefined : 'user-info, query or none',
    ),
  ),
};

/** The facts about the connection URL of one kind of store. */
export interface UrlForm {
  readonly scheme: string;
  /** The user in the URL; empty if it has only a password. */
  readonly user: string;
  /** The name of the database; empty if the URL has none. */
  readonly database: string;
  /** The parameters that every URL needs. */
  readonly query: Readonly<Record<string, string>>;
  /** The parameters that require TLS, for a scheme. */
  readonly tls: (scheme: string) => Readonly<Record<string, string>>;
}

/** The place that a connection URL leads to. */
export interface UrlPlace {
  readonly host: string;
  readonly port: number;
  /** Undefined if the store asks for none. */
  readonly password: SecretPart | undefined;
  /** Whether somebody else runs the store, so that TLS is required. */
  readonly managed: boolean;
}

/** Makes the connection URL of a store. */
export function connectionUrl(form: UrlForm, place: UrlPlace, options: UrlOptions = {}): Template {
  const { scheme = form.scheme, query = {} } = options;
  const login = options.login ?? (scheme.startsWith('jdbc:') ? 'query' : 'user-info');
  const knowsTls = Object.keys(query).some((name) => /^(ssl|tls)/i.test(name));
  const tls = place.managed && !knowsTls ? (options.tls ?? form.tls(scheme)) : {};
  const user = encodeURIComponent(form.user);
  const inQuery: Template[] = [
    ...(login === 'query' && form.user !== '' ? [plain(`user=${user}`)] : []),
    ...(login === 'query' && place.password ? [['password=', place.password]] : []),
    ...Object.entries({ ...form.query, ...tls, ...query }).map(([name, value]) =>
      plain(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
    ),
  ];
  return [
    `${scheme}://`,
    ...(login === 'user-info' ? userInfo(user, place.password) : []),
    // A name of an SRV record tells the port.
    scheme.endsWith('+srv') ? place.host : `${place.host}:${place.port}`,
    form.database === '' ? '' : `/${encodeURIComponent(form.database)}`,
    ...inQuery.flatMap((parameter, index) => [index === 0 ? '?' : '&', ...parameter]),
  ];
}

function userInfo(user: string, password: SecretPart | undefined): Template {
  if (password) return [`${user}:`, password, '@'];
  return user === '' ? [] : [`${user}@`];
}
