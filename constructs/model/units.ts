/** An amount of memory or storage. Make one with {@link Size}'s functions. */
export interface Size {
  readonly bytes: number;
}

/** A span of time. Make one with {@link Duration}'s functions. */
export interface Duration {
  readonly milliseconds: number;
}

/** Computing power; 1000 millicores are one core. Make one with {@link Cpu}'s functions. */
export interface Cpu {
  readonly millicores: number;
}

/** Makes sizes, in powers of 1024 as both targets count memory. */
export const Size = {
  bytes: (amount: number): Size => ({ bytes: amount }),
  kibibytes: (amount: number): Size => ({ bytes: amount * 1024 }),
  mebibytes: (amount: number): Size => ({ bytes: amount * 1024 ** 2 }),
  gibibytes: (amount: number): Size => ({ bytes: amount * 1024 ** 3 }),
};

/** Makes durations. */
export const Duration = {
  milliseconds: (amount: number): Duration => ({ milliseconds: amount }),
  seconds: (amount: number): Duration => ({ milliseconds: amount * 1000 }),
  minutes: (amount: number): Duration => ({ milliseconds: amount * 60_000 }),
};

/** Makes amounts of computing power. */
export const Cpu = {
  millicores: (amount: number): Cpu => ({ millicores: amount }),
  cores: (amount: number): Cpu => ({ millicores: Math.round(amount * 1000) }),
};

/** What a workload is sure to get, and what it can never exceed. */
export interface Allocation<Unit> {
  readonly request: Unit;
  readonly limit: Unit;
}

/** Whole seconds, rounded up: the unit of most probe and grace fields. */
export function toSeconds(duration: Duration): number {
  return Math.ceil(duration.milliseconds / 1000);
}
