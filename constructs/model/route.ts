import { Duration, Size } from './units';

/** Where a share of the requests of a route goes. */
export interface RouteTarget {
  readonly workload: string;
  readonly port: number;
  /** Relative to the other targets of the route. */
  readonly weight: number;
}

/** Whether all requests of a visitor go to one replica. */
export type Stickiness =
  | { readonly kind: 'none' }
  /** As long as the visitor keeps a cookie of that name. */
  | { readonly kind: 'cookie'; readonly name: string };

/** Who may pass. */
export type Authentication =
  | { readonly kind: 'none' }
  /** One user (RFC 7617). */
  | { readonly kind: 'basic'; readonly user: string; /** The name of a secret. */ readonly password: string };

/** The requests are passed on. */
export interface Forward {
  readonly kind: 'forward';
  readonly targets: readonly RouteTarget[];
  /** Whether targets see the path without the route's prefix. */
  readonly stripPrefix: boolean;
  /** Whether a request may become a WebSocket. */
  readonly websocket: boolean;
  /** The largest request body that is taken. */
  readonly bodyLimit: Size;
  /** How long a target may be silent before the proxy gives up. */
  readonly timeout: Duration;
  readonly sticky: Stickiness;
  readonly auth: Authentication;
}

/** The visitor is sent elsewhere, with what follows the route's prefix, the query included. */
export interface Redirect {
  readonly kind: 'redirect';
  /** Scheme, host and port; empty for those of the request. */
  readonly origin: string;
  /** What takes the place of the route's prefix. */
  readonly path: string;
  readonly status: RedirectStatus;
}

/** Moved for good, for now, or for good with the same method and body (RFC 9110). */
export type RedirectStatus = 301 | 302 | 308;

/**
 * What becomes of the requests whose path is the prefix or lies below it: `/api` has `/api` and `/api/notes`,
 * and not `/apiary`. The longest prefix wins, among the routes that name the request's host; where none names
 * it, among those of any host.
 */
export interface RouteModel {
  /** Host names; empty for any. */
  readonly hosts: readonly string[];
  readonly path: string;
  readonly answer: Forward | Redirect;
}

/** Where a proxy has its certificate from. */
export type Certificate =
  /** Two secrets of the application, in PEM: the certificate with those of its issuers, and its key. */
  | { readonly kind: 'secrets'; readonly certificate: string; readonly key: string }
  /** A Kubernetes Secret of type kubernetes.io/tls that somebody else keeps. */
  | { readonly kind: 'tls-secret'; readonly name: string }
  /** A ClusterIssuer of cert-manager. */
  | { readonly kind: 'issuer'; readonly name: string };

/** Whether a proxy speaks HTTPS. */
export type Tls =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'https';
      readonly certificate: Certificate;
      /** The port at which plain HTTP is published, to be sent on to HTTPS. */
      readonly redirectFrom: number | 'none';
    };

/** What a route has that says nothing else: a proxy that cannot be told does about the same by itself. */
export const defaultBodyLimit = Size.mebibytes(1);
export const defaultTimeout = Duration.minutes(1);

/** The path that every proxy answers itself. */
export const healthPath = '/-/healthy';

/** The ports of a proxy: for all of HTTP, or for what is sent on to HTTPS. */
export const proxyPorts = { http: 8080, https: 8443 } as const;

/** Where a proxy finds the secrets of the application that it uses. */
export const proxySecrets = '/run/secrets/proxy';

/** Where a proxy finds its certificate, and the key to it. */
export function certificatePaths({ kind }: Certificate): {
  readonly folder: string;
  readonly files: CertificateFiles;
} {
  const folder = kind === 'secrets' ? proxySecrets : '/run/secrets/tls';
  return { folder, files: { certificate: 'tls.crt', key: 'tls.key' } };
}

interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

/** Where a proxy keeps the hash of a password, made at its start. */
export function passwordFile({ user, password }: Authentication & { readonly kind: 'basic' }): string {
  return `/tmp/${user}.${password}.htpasswd`;
}

/** A route's prefix without a / at its end: none for all paths. */
export function prefixOf(path: string): string {
  return path.replace(/\/+$/, '');
}

/** The hosts that some route names, each once. */
export function namedHosts(routes: readonly RouteModel[]): string[] {
  return [...new Set(routes.flatMap(({ hosts }) => hosts))];
}

/** The routes for a host: those that name it, or else those for any. */
export function routesFor(host: string, routes: readonly RouteModel[]): readonly RouteModel[] {
  const named = routes.filter(({ hosts }) => hosts.includes(host));
  return named.length > 0 ? named : routes.filter(({ hosts }) => hosts.length === 0);
}
