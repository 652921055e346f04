import type { RouteModel, RouteTarget, Tls } from '../../model/route';

/** How nginx finds the addresses of a name. */
export type Resolution =
  /**
   * Once, when nginx starts. The name has one address, which does not change and spreads requests over the replicas.
   * The resolver is only asked for the names of single replicas, whose addresses change.
   */
  | { readonly kind: 'stable'; readonly resolver: string }
  /** Again for each request: the name has the addresses of all replicas, which change. */
  | { readonly kind: 'dynamic'; readonly resolver: string };

/** What an nginx has to do, and how it finds the components that it forwards requests to. */
export interface NginxProxy {
  readonly routes: readonly RouteModel[];
  readonly tls: Tls;
  /** The port at which visitors reach it over HTTPS. */
  readonly httpsPort: number;
  readonly resolution: Resolution;
  /** The host name of each replica of a target; empty if the replicas have no names of their own. */
  readonly replicas: (target: RouteTarget) => readonly string[];
}
