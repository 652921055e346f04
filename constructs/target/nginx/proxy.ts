import type { RouteModel, RouteTarget, Tls } from '../../model/route';

/**
 * How nginx finds the addresses of a name. `stable`: once, when nginx starts; the name has one address, which does not
 * change and spreads requests over the replicas, and nginx asks again only for the names of single replicas. `dynamic`:
 * again for each request; the name has the addresses of all replicas, which change.
 */
export type Resolution = 'stable' | 'dynamic';

/** What an nginx has to do, and how it finds the components that it forwards requests to. */
export interface NginxProxy {
  readonly routes: readonly RouteModel[];
  readonly tls: Tls;
  /** The addresses whose X-Forwarded headers it believes, as IP addresses or CIDR blocks. */
  readonly trustedProxies: readonly string[];
  /** The port at which visitors reach it over HTTPS. */
  readonly httpsPort: number;
  readonly resolution: Resolution;
  /**
   * The host name of each replica of a target; empty if the replicas have no names of their own. A name can contain the
   * variable {@link clusterDomain}.
   */
  readonly replicas: (target: RouteTarget) => readonly string[];
}

/** The variable with the domain of the cluster. */
export const clusterDomain = '$cluster_domain';

/** A map from variables to a variable. */
export function map(variables: string, entries: readonly string[]): string[] {
  return [`map ${variables} {`, ...entries.map((entry) => `    ${entry};`), '}'];
}

/** A path as a part of a regular expression. */
export function pattern(path: string): string {
  return path.replaceAll('.', '\\.');
}
