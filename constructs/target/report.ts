import type { Allocation } from '../model/units';

/** Notes what is wrong with a field of one component. */
export type Report = (field: string, got: unknown, write: string) => void;

/** Reports a number that is out of its range, or has a fraction where none can be; seconds can have one. */
export function within(
  report: Report,
  field: string,
  got: number,
  least: number,
  most: number,
  unit = '',
): void {
  const whole = unit === 'seconds' || Number.isInteger(got);
  if (whole && got >= least && got <= most) return;
  const range = `${least} to ${most}${unit === '' ? '' : ` ${unit}`}`;
  report(field, got, unit === 'seconds' ? range : `a whole number, ${range}`);
}

/** The numbers that an amount can be, in a unit. */
export interface Bounds {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
}

/** Reports a limit that is out of bounds, and a request that is none or above its limit. */
export function allocated(
  report: Report,
  field: string,
  { request, limit }: Allocation<number>,
  { unit, least, most }: Bounds,
): void {
  within(report, `${field}.limit`, limit, least, most, unit);
  within(report, `${field}.request`, request, 1, Math.max(1, limit), unit);
}
