import type { Duration, Size } from './units';

/** A question that a healthy workload answers. */
export type Check =
  /** A GET that answers with a status below 400. */
  | { readonly kind: 'http'; readonly port: number; readonly path: string }
  /** A connection that is accepted. */
  | { readonly kind: 'tcp'; readonly port: number }
  /** A program of the image that exits with 0. */
  | { readonly kind: 'command'; readonly command: readonly string[] };

/** A check and its rhythm. */
export interface Probe {
  readonly kind: 'probe';
  readonly check: Check;
  readonly every: Duration;
  readonly timeout: Duration;
  /** Failures in a row that change the verdict. */
  readonly retries: number;
  /** Failures do not count for so long after the start, until the first success. */
  readonly startPeriod: Duration;
}

export type HealthModel = { readonly kind: 'none' } | Probe;

/** How a dependent tells, from its own place in the network, that a workload is ready or done. */
export type Gate =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'check';
      readonly check: Check;
      /** What the check needs to run. */ readonly memory: Size;
    };
