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

/** Creates amounts of memory or storage, in powers of 1024: 1 KiB is 1024 bytes. */
export const Size = {
  bytes: (amount: number): Size => ({ bytes: amount }),
  kibibytes: (amount: number): Size => ({ bytes: amount * 1024 }),
  mebibytes: (amount: number): Size => ({ bytes: amount * 1024 ** 2 }),
  gibibytes: (amount: number): Size => ({ bytes: amount * 1024 ** 3 }),
};

/** Creates lengths of time. */
export const Duration = {
  milliseconds: (amount: number): Duration => ({ milliseconds: amount }),
  seconds: (amount: number): Duration => ({ milliseconds: amount * 1000 }),
  minutes: (amount: number): Duration => ({ milliseconds: amount * 60_000 }),
};

/** Creates amounts of CPU. */
export const Cpu = {
  millicores: (amount: number): Cpu => ({ millicores: amount }),
  cores: (amount: number): Cpu => ({ millicores: Math.round(amount * 1000) }),
};

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
