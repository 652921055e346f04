import { requireObject } from '../issue';
import type { Backend } from '../components/backend';
import { defaultBodyLimit, defaultTimeout } from '../model/route';
import type { Forward, Redirect, RedirectStatus, RouteModel } from '../model/route';
import type { Duration, Size } from '../model/units';
import type { Secret } from './secret';

/** A component that takes a share of a route's requests. */
export interface WeightedTarget {
  readonly component: Backend;
  /** Relative to the other targets. @default 1 */
  readonly weight?: number;
}

/** Which requests a route is for, besides their path. */
export interface RouteMatch {
  /** The host names that it is for. @default any */
  readonly hosts?: readonly string[];
}

/** How requests of a route are passed on. */
export interface RouteOptions extends RouteMatch {
  /** Whether the component sees the path without the prefix: `/api/notes` as `/notes`. @default false */
  readonly stripPrefix?: boolean;
  /** Whether requests may become WebSockets. One that is silent for longer than the timeout is closed. @default false */
  readonly websocket?: boolean;
  /** The largest request body; a larger one is answered with 413. @default 1 MiB */
  readonly bodyLimit?: Size;
  /** How long a component may be silent. @default 60 s */
  readonly timeout?: Duration;
  /**
   * Keeps a visitor at one replica, as long as a cookie of that name lives. Where a replica is gone, another
   * takes its visitors; another number of replicas moves most of them. @default any replica takes any request
   */
  readonly sticky?: { readonly cookie: string };
  /** Asks for a user and a password. The component sees neither. @default nobody is asked */
  readonly auth?: { readonly user: string; readonly password: Secret };
}

/** How requests are sent elsewhere. */
export interface RedirectOptions extends RouteMatch {
  /** 301 for good, 302 for now, 308 for good with the same method and body. @default 302 */
  readonly status?: RedirectStatus;
}

/**
 * Which requests go where: those whose path is the prefix, or lies below it. `/api` has `/api` and `/api/notes`,
 * and not `/apiary`. The longest prefix wins, in whatever order routes are given.
 */
export class Route {
  private constructor(
    private readonly prefix: string,
    readonly targets: readonly WeightedTarget[],
    private readonly match: RouteMatch,
    private readonly answer: Forward | Redirect,
    /** The password that it asks for, if it does. */
    readonly password: Secret | undefined,
  ) {}

  /** Requests at or below the prefix, to one component or shared out by weight. */
  static path(prefix: string, to: Backend | readonly WeightedTarget[], options: RouteOptions = {}): Route {
    requireObject(to, 'Route.path', 'a backend, or a list of { component: backend, weight: 1 }', 'to');
    requireObject(options, 'Route.path', 'nothing, or { stripPrefix: true }');
    const targets = 'length' in to ? to : [{ component: to }];
    for (const target of targets)
      requireObject(
        target.component,
        'Route.path',
        'a backend, as { component: backend, weight: 1 }',
        'component',
      );
    return new Route(prefix, targets, options, forward(targets, options), options.auth?.password);
  }

  /**
   * Sends visitors elsewhere: what follows the prefix, the query included, follows the new path.
   * @param to a path on the same host, or a URL: `/new`, `https://www.example.com`
   */
  static redirect(prefix: string, to: string, options: RedirectOptions = {}): Route {
    const { status } = requireObject(options, 'Route.redirect', 'nothing, or { status: 301 }');
    return new Route(prefix, [], options, redirect(to, status ?? 302), undefined);
  }

  /** The route as the model holds it. */
  toModel(): RouteModel {
    return { hosts: this.match.hosts ?? [], path: this.prefix, answer: this.answer };
  }
}

function forward(targets: readonly WeightedTarget[], options: RouteOptions): Forward {
  const { stripPrefix, websocket, bodyLimit, timeout, sticky, auth } = options;
  return {
    kind: 'forward',
    targets: targets.map(({ component, weight }) => ({
      workload: component.name,
      port: component.port,
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

// What is neither a path nor a plain URL stays as it is, for validation to find.
function redirect(to: string, status: RedirectStatus): Redirect {
  const url = URL.canParse(to) ? new URL(to) : undefined;
  const { origin, pathname } = url ?? { origin: '', pathname: '' };
  return url?.href === `${origin}${pathname}`
    ? { kind: 'redirect', origin, path: pathname, status }
    : { kind: 'redirect', origin: '', path: to, status };
}
