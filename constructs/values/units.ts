import * as units from '../model/units';
import { opaque } from './opaque';

/** An amount of memory or storage, such as `Size.mebibytes(256)`. */
export type Size = units.Size;

/** A length of time, such as `Duration.seconds(10)`. */
export type Duration = units.Duration;

/** An amount of CPU, such as `Cpu.millicores(500)`; 1000 millicores are one core. */
export type Cpu = units.Cpu;

/**
 * Creates amounts of memory or storage, in powers of 1024: 1 KiB is 1024 bytes. An amount cannot become a string:
 * `size.bytes` is its number.
 *
 * @example { memory: Size.mebibytes(512) }
 */
export const Size = {
  bytes: (amount: number): Size => size(units.Size.bytes(amount)),
  kibibytes: (amount: number): Size => size(units.Size.kibibytes(amount)),
  mebibytes: (amount: number): Size => size(units.Size.mebibytes(amount)),
  gibibytes: (amount: number): Size => size(units.Size.gibibytes(amount)),
};

/**
 * Creates lengths of time. A duration cannot become a string: `duration.milliseconds` is its number.
 *
 * @example { grace: Duration.seconds(30) }
 */
export const Duration = {
  milliseconds: (amount: number): Duration => duration(units.Duration.milliseconds(amount)),
  seconds: (amount: number): Duration => duration(units.Duration.seconds(amount)),
  minutes: (amount: number): Duration => duration(units.Duration.minutes(amount)),
};

/**
 * Creates amounts of CPU. An amount cannot become a string: `cpu.millicores` is its number.
 *
 * @example { cpu: Cpu.millicores(500) }
 */
export const Cpu = {
  millicores: (amount: number): Cpu => cpu(units.Cpu.millicores(amount)),
  cores: (amount: number): Cpu => cpu(units.Cpu.cores(amount)),
};

function size(made: Size): Size {
  return opaque(made, ({ bytes }) => ({
    what: `a size of ${bytes} bytes`,
    write: 'its number, size.bytes, in the unit that the program wants',
  }));
}

function duration(made: Duration): Duration {
  return opaque(made, ({ milliseconds }) => ({
    what: `a duration of ${milliseconds} ms`,
    write: 'its number, duration.milliseconds, in the unit that the program wants',
  }));
}

function cpu(made: Cpu): Cpu {
  return opaque(made, ({ millicores }) => ({
    what: `an amount of ${millicores} millicores`,
    write: 'its number, cpu.millicores, in the unit that the program wants',
  }));
}
