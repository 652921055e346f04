import type { Duration, Size } from './units';

/** How a health check asks a workload. */
export type Check =
  /** Healthy if GET answers with a status below 400. */
  | { readonly kind: 'http'; readonly port: number; readonly path: string }
  /** Healthy if the port accepts connections. */
  | { readonly kind: 'tcp'; readonly port: number }
  /** Healthy if the command exits with 0. */
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** A health check, how often it runs, and when it fails. */
export interface Probe {
  readonly kind: 'probe';
  readonly check: Check;
  /** Time between two checks. */
  readonly every: Duration;
  /** Time that one check may take. */
  readonly timeout: Duration;
  /** Number of failures in a row after which the workload is unhealthy. */
  readonly retries: number;
  /** Time after the start during which failures do not count; the first success ends it. */
  readonly startPeriod: Duration;
}

/** A readiness or liveness check, or none. */
export type HealthModel = { readonly kind: 'none' } | Probe;

/** The check by which dependents wait for a workload. On Kubernetes, it runs in the pods of the dependents. */
export type Gate =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'check';
      readonly check: Check;
      /** The memory that the check needs. */
      readonly memory: Size;
    };
