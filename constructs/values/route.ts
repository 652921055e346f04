import { IssuesError, requireObject } from '../issue';
import type { Backend } from '../components/backend';
import { defaultBodyLimit, defaultTimeout } from '../model/route';
import type { Forward, Redirect, RedirectStatus, RouteModel } from '../model/route';
import type { Duration, Size } from '../model/units';
import { opaque } from './opaque';
import type { Secret } from './secret';

/** A component that receives a share of a route's requests. */
export interface WeightedTarget {
  /** The component that receives requests. */
  readonly component: Backend;
  /** Its share, relative to the weights of the other components: 3 and 1 are 75 % and 25 %. @default 1 */
  readonly weight?: number;
}

/** Which requests a route is for, in addition to the path prefix. */
export interface RouteMatch {
  /**
   * The host names of the requests, such as `www.example.com`, or `*.example.com` for all names with one label before
   * `.example.com`. A host that is named itself comes before the wildcard. @default any host
   */
  readonly hosts?: readonly string[];
}

/** How a route forwards requests. */
export interface RouteOptions extends RouteMatch {
  /** Whether to remove the prefix: with `/api`, the component receives `/api/notes` as `/notes`. @default false */
  readonly stripPrefix?: boolean;
  /** Whether to allow WebSockets. A connection without traffic is closed after `timeout`. @default false */
  readonly websocket?: boolean;
  /** The largest request body; a larger one gets the status 413. @default 1 MiB */
  readonly bodyLimit?: Size;
  /** How long the proxy waits for the next data of a response before it gives up. @default 60 s */
  readonly timeout?: Duration;
  /**
   * Sends all requests of a visitor to the same replica, by a cookie of this name. Needed if a replica keeps sessions
   * in memory. If the number of replicas changes, most visitors move to another one.
   * @default any replica gets any request
   * @example { cookie: 'replica' }
   */
  readonly sticky?: { readonly cookie: string };
  /**
   * The user and password that visitors must enter (HTTP basic authentication). The component does not receive them.
   * @default no authentication
   * @example { user: 'team', password: Secret.random('DASHBOARD_PASSWORD') }
   */
  readonly auth?: { readonly user: string; readonly password: Secret };
}

/** How a route redirects requests. */
export interface RedirectOptions extends RouteMatch {
  /** The HTTP status: 301 permanent, 302 temporary, 308 permanent with the same method and body. @default 302 */
  readonly status?: RedirectStatus;
}

/**
 * A route of a ReverseProxy: where requests with a path prefix go. `/api` matches `/api` and `/api/notes`, but not
 * `/apiary`. The longest matching prefix is used; the order of the routes has no meaning.
 *
 * @example [Route.path('/', site), Route.path('/api', api, { stripPrefix: true })]
 */
export class Route {
  private constructor(
    private readonly prefix: string,
    /** The components that receive the requests; empty for a redirect. */
    readonly targets: readonly WeightedTarget[],
    private readonly hosts: readonly string[],
    private readonly answer: Forward | Redirect,
    /** The password of its authentication; undefined without authentication. */
    readonly password: Secret | undefined,
  ) {}

  /**
   * Forwards requests to a component, or to several components by weight.
   *
   * @param prefix the path prefix, such as `/api`; `/` for all requests
   * @throws IssuesError if `to` is neither a backend nor a list of weighted backends, the options are not an object, or
   *   `hosts` is not a list of texts
   * @example Route.path('/', [{ component: stable, weight: 9 }, { component: canary, weight: 1 }])
   */
  static path(prefix: string, to: Backend | readonly WeightedTarget[], options: RouteOptions = {}): Route {
    requireObject(to, 'Route.path', 'a backend, or a list such as [{ component: backend, weight: 1 }]', 'to');
    requireObject(
      options,
      'Route.path',
      "Route.path('/', backend), or Route.path('/', backend, { websocket: true })",
    );
    const targets = 'length' in to ? to : [{ component: to }];
    for (const target of targets)
      requireObject(
        target.component,
        'Route.path',
        'a backend, such as { component: backend, weight: 1 }',
        'component',
      );
    const hosts = hostsOf(options, 'Route.path');
    return new Route(prefix, targets, hosts, forward(targets, options), options.auth?.password);
  }

  /**
   * Redirects visitors. The part of the path after the prefix, and the query, are appended to the new path.
   *
   * @param prefix the path prefix, such as `/old`
   * @param to a path on the same host, or a URL: `/new`, `https://www.example.com`
   * @throws IssuesError if the options are not an object, or `hosts` is not a list of texts
   * @example Route.redirect('/docs', 'https://docs.example.com', { status: 301 })
   */
  static redirect(prefix: string, to: string, options: RedirectOptions = {}): Route {
    const write = "Route.redirect('/old', '/new'), or Route.redirect('/old', '/new', { status: 301 })";
    const { status } = requireObject(options, 'Route.redirect', write);
    const hosts = hostsOf(options, 'Route.redirect');
    return new Route(prefix, [], hosts, redirect(to, status ?? 302), undefined);
  }

  /** The route in the model. */
  toModel(): RouteModel {
    return { hosts: this.hosts, path: this.prefix, answer: this.answer };
  }
}

opaque(Route.prototype, () => ({ what: 'a route', write: 'it in the routes of a ReverseProxy' }));

// Names of hosts ignore case, and browsers send them in lower case (RFC 4343).
function hostsOf({ hosts = [] }: RouteMatch, path: string): string[] {
  const got: unknown = hosts;
  if (!Array.isArray(got) || !got.every((host) => typeof host === 'string'))
    throw new IssuesError([{ path, field: 'hosts', got, write: "a list, such as ['www.example.com']" }]);
  return [...new Set(hosts.map((host) => host.toLowerCase()))];
}

function forward(targets: readonly WeightedTarget[], options: RouteOptions): Forward {
  const { stripPrefix, websocket, bodyLimit, timeout, sticky, auth } = options;
  return {
    kind: 'forward',
    targets: targets.map(({ component, weight }) => ({
      workload: component.name,
      port: component.portNumber,
      weight: weight ?? 1,
    })),
    stripPrefix: stripPrefix ?? false,
    websocket: websocket ?? false,
    bodyLimit: bodyLimit ?? defaultBodyLimit,
    timeout: timeout ?? defaultTimeout,
    sticky: sticky ? { kind: 'cookie', name: sticky.cookie } : { kind: 'none' },
    auth: auth ? { kind: 'basic', user: auth.user, password: auth.password.key } : { kind: 'none' },
  };
}

// A text that is neither a path nor a plain URL is kept unchanged: validation reports it.
function redirect(to: string, status: RedirectStatus): Redirect {
  const url = URL.canParse(to) ? new URL(to) : undefined;
  const { origin, pathname } = url ?? { origin: '', pathname: '' };
  return url?.href === `${origin}${pathname}`
    ? { kind: 'redirect', origin, path: pathname, status }
    : { kind: 'redirect', origin: '', path: to, status };
}
