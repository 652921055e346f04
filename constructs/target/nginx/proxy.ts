import type { RouteModel, RouteTarget, Tls } from '../../model/route';

/** How nginx finds the addresses of a name. */
export type Resolution =
  /**
   * Once: the name stands for one address that stays and shares requests out by itself. The addresses of single
   * replicas change, so that the server is asked for those again and again.
   */
  | { readonly kind: 'stable'; readonly resolver: string }
  /** Again and again, by asking a server: the name stands for the addresses of the replicas. */
  | { readonly kind: 'dynamic'; readonly resolver: string };

/** What an nginx has to do, and how it finds those that it passes requests on to. */
export interface NginxProxy {
  readonly routes: readonly RouteModel[];
  readonly tls: Tls;
  /** Where visitors reach it over HTTPS. */
  readonly httpsPort: number;
  readonly resolution: Resolution;
  /** The host name of each replica of a target, as the resolver knows it; empty where one name leads to all. */
  readonly replicas: (target: RouteTarget) => readonly string[];
}
