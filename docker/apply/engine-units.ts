/** Whole mebibytes, as the provider counts memory. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}

/** A number of processors in the form that the provider reads back: `1.0`, `0.5`. */
export function processors(cpus: number): string {
  return Number.isInteger(cpus) ? cpus.toFixed(1) : String(cpus);
}

/** A duration in Go's own form, such as `1m0s`, which is how the provider reads it back. */
export function goDuration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = (milliseconds % 60_000) / 1000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  if (minutes > 0) return `${minutes}m${seconds}s`;
  return milliseconds >= 1000 || milliseconds === 0 ? `${seconds}s` : `${milliseconds}ms`;
}

/** What a container that helps another, and has ended a moment later, may use: as the provider counts. */
export const small = { cpus: '0.1', memory: 16, memorySwap: 16 };
