import type { Duration, Size } from './units';

/** How a health check asks a workload. */
export type Check =
  /** Healthy if GET answers with a status from 200 to 399, as a kubelet asks. */
  | {
      readonly kind: 'http';
      readonly port: number;
      readonly path: string;
      /** The value of the header `Host`; empty for the host and port that are asked. */
      readonly host: string;
      /** Headers by name, without `Host`. */
      readonly headers: Readonly<Record<string, string>>;
    }
  /** Healthy if the port accepts connections. */
  | { readonly kind: 'tcp'; readonly port: number }
  /** Healthy if a gRPC health check of the service answers SERVING; an empty service is the whole server. */
  | { readonly kind: 'grpc'; readonly port: number; readonly service: string }
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
export type HealthModel =
  | {
      readonly kind: 'none';
      /** Why the component says that there is none; empty if it says nothing. */
      readonly reason: string;
    }
  | Probe;

/** No check, about which the component says nothing. */
export const noCheck: HealthModel = { kind: 'none', reason: '' };

/** The check by which dependents wait for a workload. On Kubernetes, it runs in the pods of the dependents. */
export type Gate =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'check';
      readonly check: Check;
      /** The memory that the check needs. */
      readonly memory: Size;
    }
  /** Only the end of the workload tells. A target that cannot see the end has no gate for it. */
  | { readonly kind: 'completion' };
