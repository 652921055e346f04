import { IssuesError } from '../issue';

/** An amount of memory or storage, such as `Size.mebibytes(256)`. */
export interface Size {
  readonly bytes: number;
}

/** A length of time, such as `Duration.seconds(10)`. */
export interface Duration {
  readonly milliseconds: number;
}

/** An amount of CPU, such as `Cpu.millicores(500)`; 1000 millicores are one core. */
export interface Cpu {
  readonly millicores: number;
}

/**
 * Creates amounts of memory or storage, in powers of 1024: 1 KiB is 1024 bytes.
 * @throws IssuesError if the amount is not a finite number
 */
export const Size = {
  bytes: (amount: number): Size => ({ bytes: finite(amount, 'Size.bytes') }),
  kibibytes: (amount: number): Size => ({ bytes: finite(amount, 'Size.kibibytes') * 1024 }),
  mebibytes: (amount: number): Size => ({ bytes: finite(amount, 'Size.mebibytes') * 1024 ** 2 }),
  gibibytes: (amount: number): Size => ({ bytes: finite(amount, 'Size.gibibytes') * 1024 ** 3 }),
};

/** Creates lengths of time. @throws IssuesError if the amount is not a finite number */
export const Duration = {
  milliseconds: (amount: number): Duration => ({ milliseconds: finite(amount, 'Duration.milliseconds') }),
  seconds: (amount: number): Duration => ({ milliseconds: finite(amount, 'Duration.seconds') * 1000 }),
  minutes: (amount: number): Duration => ({ milliseconds: finite(amount, 'Duration.minutes') * 60_000 }),
};

/** Creates amounts of CPU. @throws IssuesError if the amount is not a finite number */
export const Cpu = {
  millicores: (amount: number): Cpu => ({ millicores: finite(amount, 'Cpu.millicores') }),
  cores: (amount: number): Cpu => ({ millicores: Math.round(finite(amount, 'Cpu.cores') * 1000) }),
};

// The types say so already, but they are not checked at run time.
function finite(got: unknown, path: string): number {
  if (typeof got === 'number' && Number.isFinite(got)) return got;
  const isNumber = typeof got === 'string' && /^\d{1,15}(\.\d{1,9})?$/.test(got);
  const write = isNumber ? `${path}(${Number(got)})` : `a number, such as ${path}(10)`;
  throw new IssuesError([{ path, field: 'amount', got, write }]);
}

/** The amounts of CPU or memory for a workload. */
export interface Allocation<Unit> {
  /** The amount that is reserved. */
  readonly request: Unit;
  /** The most that can be used. */
  readonly limit: Unit;
}

/** A duration in whole seconds, rounded up. */
export function toSeconds(duration: Duration): number {
  return Math.ceil(duration.milliseconds / 1000);
}
