/** A duration as Go programs write it, such as `1h0m0s`: what they give back of what they are told. */
export function goDuration(milliseconds: number): string {
  return partsOf(milliseconds)
    .map(({ amount, unit }) => `${amount}${unit}`)
    .join('');
}

/** A duration for files that people read, such as `1h`: Go programs read it as well. */
export function shortDuration(milliseconds: number): string {
  const parts = partsOf(milliseconds);
  const some = parts.filter(({ amount }) => amount > 0);
  return (some.length > 0 ? some : parts).map(({ amount, unit }) => `${amount}${unit}`).join('');
}

// Go starts with the largest unit that there is one of, and goes on to the seconds.
function partsOf(milliseconds: number): { readonly amount: number; readonly unit: string }[] {
  if (milliseconds > 0 && milliseconds < 1000) return [{ amount: milliseconds, unit: 'ms' }];
  const parts = [
    { amount: Math.floor(milliseconds / 3_600_000), unit: 'h' },
    { amount: Math.floor((milliseconds % 3_600_000) / 60_000), unit: 'm' },
    { amount: (milliseconds % 60_000) / 1000, unit: 's' },
  ];
  return parts.slice(parts.findIndex(({ amount }) => amount > 0));
}

/**
 * A number of bytes in the largest unit that leaves no fraction, such as `256m`; the number where none does.
 * @param units for 1024 bytes, 1024 times that, and so on
 */
export function inUnits(bytes: number, units: readonly string[]): string | number {
  const steps = units.map((unit, index) => ({ unit, size: 1024 ** (index + 1) }));
  const fitting = steps.findLast(({ size }) => bytes >= size && bytes % size === 0);
  return fitting ? `${bytes / fitting.size}${fitting.unit}` : bytes;
}
