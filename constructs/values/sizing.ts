import type { Allocation } from '../model/units';
import type { Kind, Shape } from '../shape/kind';
import { optional } from '../shape/kind';
import { object } from '../shape/object';
import { number } from '../shape/words';
import type { Autoscaling } from '../model/workload';

/**
 * An amount of CPU or memory: one value for both request and limit, or a value for each.
 *
 * @example { request: Cpu.millicores(100), limit: Cpu.cores(1) }
 */
export type Amount<Unit> = Unit | Allocation<Unit>;

/**
 * Adds replicas while CPU usage is high. The smallest number is `replicas`. Kubernetes only.
 *
 * @example { max: 6, targetPercent: 80 }
 */
export interface Autoscale {
  /** The largest number of replicas. */
  readonly max: number;
  /** The average CPU usage to keep, in percent of the CPU request. @default 70 */
  readonly targetPercent?: number;
}

const autoscaleShape: Shape<Autoscale> = {
  max: number('a whole number, such as 6'),
  targetPercent: optional(number('a whole number from 1 to 100')),
};

export const autoscaleKind: Kind<Autoscale> = object(autoscaleShape, {
  title: 'a field of autoscale',
  write: '{ max: 6 }',
});

/** Autoscaling in the model. */
export function toAutoscaling(autoscale: Autoscale | 'off'): Autoscaling {
  if (autoscale === 'off') return { kind: 'none' };
  return { kind: 'cpu', max: autoscale.max, targetPercent: autoscale.targetPercent ?? 70 };
}

/** An amount in the model. */
export function allocation<Unit extends object>(amount: Amount<Unit>): Allocation<Unit> {
  return 'request' in amount ? amount : { request: amount, limit: amount };
}
