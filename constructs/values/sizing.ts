import type { Allocation } from '../model/units';
import type { Autoscaling } from '../model/workload';

/** An amount for request and limit alike, or one for each. */
export type Amount<Unit> = Unit | Allocation<Unit>;

/** More replicas while the processors are busier than a share of what they are sure to get. */
export interface Autoscale {
  readonly max: number;
  /** @default 70 */
  readonly targetPercent?: number;
}

/** The model's word for an autoscaler or none. */
export function toAutoscaling(autoscale: Autoscale | 'off'): Autoscaling {
  if (autoscale === 'off') return { kind: 'none' };
  return { kind: 'cpu', max: autoscale.max, targetPercent: autoscale.targetPercent ?? 70 };
}

/** The model's word for an amount. */
export function allocation<Unit extends object>(amount: Amount<Unit>): Allocation<Unit> {
  return 'request' in amount ? amount : { request: amount, limit: amount };
}
