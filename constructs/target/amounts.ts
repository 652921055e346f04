import type { Duration, Size } from '../model/units';

/** A duration in the format in which Go programs return it, such as `1h0m0s`. */
export function goDuration(milliseconds: number): string {
  return partsOf(milliseconds)
    .map(({ amount, unit }) => `${amount}${unit}`)
    .join('');
}

/** A duration for files that people read, such as `1h`. Go programs can read it too. */
export function shortDuration(milliseconds: number): string {
  const parts = partsOf(milliseconds);
  const some = parts.filter(({ amount }) => amount > 0);
  return (some.length > 0 ? some : parts).map(({ amount, unit }) => `${amount}${unit}`).join('');
}

// Go starts with the largest unit that is not 0, and writes all units from there to seconds.
function partsOf(milliseconds: number): { readonly amount: number; readonly unit: string }[] {
  if (milliseconds > 0 && milliseconds < 1000) return [{ amount: milliseconds, unit: 'ms' }];
  const parts = [
    { amount: Math.floor(milliseconds / 3_600_000), unit: 'h' },
    { amount: Math.floor((milliseconds % 3_600_000) / 60_000), unit: 'm' },
    { amount: (milliseconds % 60_000) / 1000, unit: 's' },
  ];
  return parts.slice(parts.findIndex(({ amount }) => amount > 0));
}

/** A duration as nginx and the Gateway API read it: in whole seconds, such as `90s`, or else in milliseconds. */
export function wholeTime({ milliseconds }: Duration): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** A size as nginx reads it, to the byte, such as `8m` or `1500`. */
export function nginxSize({ bytes }: Size): string {
  return String(inUnits(bytes, ['k', 'm', 'g']));
}

/** A number of things, such as `1 second` or `2 seconds`. */
export function counted(amount: number, thing: string): string {
  return `${amount} ${thing}${Math.abs(amount) === 1 ? '' : 's'}`;
}

/**
 * An amount in the largest unit without a fraction, such as `256m` for bytes. If there is none, the number itself.
 * @param units the names of the units: the first for an amount of 1024, each next one for 1024 times as many
 */
export function inUnits(amount: number, units: readonly string[]): string | number {
  const steps = units.map((unit, index) => ({ unit, size: 1024 ** (index + 1) }));
  const fitting = steps.findLast(({ size }) => Math.abs(amount) >= size && amount % size === 0);
  return fitting ? `${amount / fitting.size}${fitting.unit}` : amount;
}
