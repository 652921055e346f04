import { Backend } from '../components/backend';
import { BackendPort } from '../components/backend-port';
import { checkCall } from '../shape/call';
import { hidden } from '../shape/hidden';
import { optional, type Kind, type Shape } from '../shape/kind';
import { listOf, texts } from '../shape/lists';
import { object, options as optionsKind } from '../shape/object';
import { duration, size } from '../shape/units';
import { flag, instance, number, oneOf, text } from '../shape/words';
import { defaultBodyLimit, defaultTimeout } from '../model/route';
import type { Forward, Redirect, RedirectStatus, RouteModel } from '../model/route';
import type { Duration, Size } from '../model/units';
import { secretKind, type Secret } from './secret';
import { opaque } from './opaque';

/** A component that receives a share of a route's requests. */
export interface WeightedTarget {
  /** The component that receives requests at its main port, or another port of it, such as `api.at('admin')`. */
  readonly component: Backend | BackendPort;
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

const matchShape: Shape<RouteMatch> = {
  hosts: optional(texts("a list of host names, such as ['www.example.com']")),
};

const stickyShape: Shape<NonNullable<RouteOptions['sticky']>> = {
  cookie: text("the name of a cookie, such as 'replica'"),
};

const authShape: Shape<NonNullable<RouteOptions['auth']>> = {
  user: text("the name of a user, such as 'team'"),
  password: secretKind,
};

const routeShape: Shape<RouteOptions> = {
  ...matchShape,
  stripPrefix: optional(flag),
  websocket: optional(flag),
  bodyLimit: optional(size),
  timeout: optional(duration),
  sticky: optional(object(stickyShape, { title: 'a field of sticky', write: "{ cookie: 'replica' }" })),
  auth: optional(
    hidden(
      object(authShape, {
        title: 'a field of auth',
        write: "{ user: 'team', password: Secret.random('PASSWORD') }",
      }),
    ),
  ),
};

const redirectShape: Shape<RedirectOptions> = { ...matchShape, status: optional(oneOf(301, 302, 308)) };

function isTarget(value: unknown): value is Backend | BackendPort {
  return value instanceof Backend || value instanceof BackendPort;
}

const targetShape: Shape<WeightedTarget> = {
  component: instance<Backend | BackendPort>(
    isTarget,
    'a backend, such as { component: backend, weight: 1 }',
  ),
  weight: optional(number('a whole number, such as 1')),
};

const weighted = listOf(
  object(targetShape, { title: 'a field of a target', write: '{ component: backend, weight: 1 }' }),
  'a backend, or a list such as [{ component: backend, weight: 1 }]',
);

/** Where a route can lead: a component, a port of one, or several of these. */
type Targets = Backend | BackendPort | readonly WeightedTarget[];

const targetsKind: Kind<Targets> = {
  optional: false,
  check: (value, field, problems) => {
    if (!isTarget(value)) weighted.check(value, field, problems);
  },
};

const prefix = text("a path, such as '/api'");

const pathCall = {
  prefix,
  to: targetsKind,
  options: optionsKind(
    routeShape,
    "Route.path('/', backend), or Route.path('/', backend, { websocket: true })",
  ),
};

const redirectCall = {
  prefix,
  to: text("a path or a URL, such as '/new'"),
  options: optionsKind(
    redirectShape,
    "Route.redirect('/old', '/new'), or Route.redirect('/old', '/new', { status: 301 })",
  ),
};

/**
 * A route of a ReverseProxy: where requests with a path prefix go. `/api` matches `/api` and `/api/notes`, but not
 * `/apiary`. The longest matching prefix is used; the order of the routes has no meaning.
 *
 * @example [Route.path('/', site), Route.path('/api', api, { stripPrefix: true })]
 */
export class Route {
  private constructor(
    private readonly prefix: string,
    /** The ports that receive the requests; empty for a redirect. */
    readonly targets: readonly PortTarget[],
    private readonly hosts: readonly string[],
    private readonly answer: Forward | Redirect,
    /** The password of its authentication; undefined without authentication. */
    readonly password: Secret | undefined,
  ) {}

  /**
   * Forwards requests to a component, or to several components by weight.
   *
   * @param prefix the path prefix, such as `/api`; `/` for all requests
   * @param to a component, which receives requests at its main port; a port of it; or several, by weight
   * @throws IssuesError if an argument has the wrong type, or an option is unknown
   * @example Route.path('/', [{ component: stable, weight: 9 }, { component: canary, weight: 1 }])
   * @example Route.path('/metrics', api.at('metrics'))
   */
  static path(prefix: string, to: Targets, options: RouteOptions = {}): Route {
    checkCall('Route.path', { prefix, to, options }, pathCall);
    const targets = (isTarget(to) ? [{ component: to }] : to).map(portTarget);
    return new Route(prefix, targets, hostsOf(options), forward(targets, options), options.auth?.password);
  }

  /**
   * Redirects visitors. The part of the path after the prefix, and the query, are appended to the new path.
   *
   * @param prefix the path prefix, such as `/old`
   * @param to a path on the same host, or a URL: `/new`, `https://www.example.com`
   * @throws IssuesError if an argument has the wrong type, or an option is unknown
   * @example Route.redirect('/docs', 'https://docs.example.com', { status: 301 })
   */
  static redirect(prefix: string, to: string, options: RedirectOptions = {}): Route {
    checkCall('Route.redirect', { prefix, to, options }, redirectCall);
    const { status } = options;
    return new Route(prefix, [], hostsOf(options), redirect(to, status ?? 302), undefined);
  }

  /** The route in the model. */
  toModel(): RouteModel {
    return { hosts: this.hosts, path: this.prefix, answer: this.answer };
  }
}

opaque(Route.prototype, () => ({ what: 'a route', write: 'it in the routes of a ReverseProxy' }));

// Names of hosts ignore case, and browsers send them in lower case (RFC 4343).
function hostsOf({ hosts = [] }: RouteMatch): string[] {
  return [...new Set(hosts.map((host) => host.toLowerCase()))];
}

/** A port that receives a share of a route's requests. */
interface PortTarget {
  readonly port: BackendPort;
  readonly weight: number;
}

function portTarget({ component, weight }: WeightedTarget): PortTarget {
  return { port: component instanceof BackendPort ? component : component.mainPort, weight: weight ?? 1 };
}

function forward(targets: readonly PortTarget[], options: RouteOptions): Forward {
  const { stripPrefix, websocket, bodyLimit, timeout, sticky, auth } = options;
  return {
    kind: 'forward',
    targets: targets.map(({ port: { component, listed }, weight }) => ({
      workload: component.name,
      port: listed.number,
      weight,
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
