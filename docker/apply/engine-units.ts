/** The form in which the provider reads durations back. */
export { goDuration } from '../../constructs/target/amounts';

/** Whole mebibytes, as the provider counts memory. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 ** 2);
}

/** A number of processors in the form that the provider reads back: `1.0`, `0.5`. */
export function processors(cpus: number): string {
  return Number.isInteger(cpus) ? cpus.toFixed(1) : String(cpus);
}

/** What a container that helps another, and has ended a moment later, may use: as the provider counts. */
export const small = { cpus: '0.1', memory: 16, memorySwap: 16 };
