import { Duration, Size } from './units';

/** A workload that receives a share of a route's requests. */
export interface RouteTarget {
  readonly workload: string;
  readonly port: number;
  /** Its share, relative to the weights of the route's other targets. */
  readonly weight: number;
}

/** Whether all requests of a visitor go to the same replica. */
export type Stickiness =
  | { readonly kind: 'none' }
  /** By a cookie of this name. */
  | { readonly kind: 'cookie'; readonly name: string };

/** Whether visitors must enter a password. */
export type Authentication =
  | { readonly kind: 'none' }
  /** HTTP basic authentication (RFC 7617) for one user; `password` is the name of a secret. */
  | { readonly kind: 'basic'; readonly user: string; readonly password: string };

/** Forwards requests to workloads. */
export interface Forward {
  readonly kind: 'forward';
  readonly targets: readonly RouteTarget[];
  /** Whether the route's prefix is removed from the path. */
  readonly stripPrefix: boolean;
  /** Whether WebSockets are allowed. */
  readonly websocket: boolean;
  /** The largest request body. */
  readonly bodyLimit: Size;
  /** How long the proxy waits for the next data of a response before it gives up. */
  readonly timeout: Duration;
  readonly sticky: Stickiness;
  readonly auth: Authentication;
}

/** Redirects visitors. The part of the path after the route's prefix, and the query, are appended. */
export interface Redirect {
  readonly kind: 'redirect';
  /** Scheme, host and port, such as `https://www.example.com`; empty for those of the request. */
  readonly origin: string;
  /** The path that replaces the route's prefix. */
  readonly path: string;
  readonly status: RedirectStatus;
}

/** 301 permanent, 302 temporary, 308 permanent with the same method and body (RFC 9110). */
export type RedirectStatus = 301 | 302 | 308;

/**
 * What a proxy does with requests whose path starts with a prefix. `/api` matches `/api` and `/api/notes`, but not
 * `/apiary`. A proxy looks at the routes for the request's host; if there are none, at those for a wildcard host that
 * matches it; if there are none, at the routes for any host. Of these, it uses the one with the longest matching prefix.
 */
export interface RouteModel {
  /**
   * The host names of the requests, in lower case; empty for any host. In `*.example.com`, the `*` is exactly one label, as
   * in certificates.
   */
  readonly hosts: readonly string[];
  /** The path prefix. */
  readonly path: string;
  /** What the proxy does with the requests. */
  readonly answer: Forward | Redirect;
}

/** Where the certificate of a proxy comes from. */
export type Certificate =
  /** Two secrets of the application, in PEM format: the certificate with its intermediate certificates, and the key. */
  | { readonly kind: 'secrets'; readonly certificate: string; readonly key: string }
  /** A Kubernetes Secret of type kubernetes.io/tls that exists already. */
  | { readonly kind: 'tls-secret'; readonly name: string }
  /** A ClusterIssuer of cert-manager. */
  | { readonly kind: 'issuer'; readonly name: string };

/** Whether a proxy serves HTTPS. */
export type Tls =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'https';
      readonly certificate: Certificate;
      /** The published port for plain HTTP, which redirects to HTTPS. */
      readonly redirectFrom: number | 'none';
    };

/** The default size limit of a request body; the default of most proxies is similar. */
export const defaultBodyLimit = Size.mebibytes(1);

/** The default timeout of a route; the default of most proxies is similar. */
export const defaultTimeout = Duration.minutes(1);

/** The path of a proxy's own health check. No route can have it. */
export const healthPath = '/-/healthy';

/** The paths of the challenges of ACME (RFC 8555), by which an authority checks who has a host. They come without TLS. */
export const challengePath = '/.well-known/acme-challenge';

/** The ports that a proxy listens on. With HTTPS, the port for HTTP redirects. */
export const proxyPorts = { http: 8080, https: 8443 } as const;

/** The folder with the application's secrets in the container of a proxy. */
export const proxySecrets = '/run/secrets/proxy';

/** The paths of the certificate and its key in the container of a proxy. */
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

/** The file with the user and the hash of a password. A proxy writes it when it starts. */
export function passwordFile({ user, password }: Authentication & { readonly kind: 'basic' }): string {
  return `/tmp/${user}.${password}.htpasswd`;
}

/** A route's prefix without a / at its end; empty for all paths. */
export function prefixOf(path: string): string {
  return path.replace(/\/+$/, '');
}

/** The hosts of all routes, each once. */
export function namedHosts(routes: readonly RouteModel[]): string[] {
  return [...new Set(routes.flatMap(({ hosts }) => hosts))];
}

/** The routes for a host: those that name it, or else those for its wildcard, or else those for any host. */
export function routesFor(host: string, routes: readonly RouteModel[]): readonly RouteModel[] {
  const naming = (name: string) => routes.filter(({ hosts }) => hosts.includes(name));
  const choices = [naming(host), naming(wildcardOf(host))];
  return choices.find(({ length }) => length > 0) ?? routes.filter(({ hosts }) => hosts.length === 0);
}

/** Whether routes name a host, or a wildcard that matches it. */
export function isNamed(host: string, routes: readonly RouteModel[]): boolean {
  return routes.some(({ hosts }) => hosts.includes(host) || hosts.includes(wildcardOf(host)));
}

/** Whether a host is a wildcard, such as `*.example.com`. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*.');
}

/** The wildcard that matches a host: `*.example.com` for `www.example.com`. */
export function wildcardOf(host: string): string {
  return host.replace(/^[^.]*/, '*');
}
