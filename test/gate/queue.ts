import { parts, type Known, type Part } from './files';

/** A file that is still to run. */
export interface Waiting extends Known {
  /** Its path below test/e2e, without `.test.ts`. */
  readonly file: string;
  /** The second is alone, and the last. */
  readonly attempt: 1 | 2;
}

/** What decides which file can still start. Times are seconds since any one moment. */
export interface Clock {
  readonly now: number;
  /** No file starts that is not expected to end by then. */
  readonly until: number;
  /** How much longer files take here than where they were measured. */
  readonly slowness: number;
  /** What the testbed has of what it builds when it is needed. */
  readonly built: ReadonlySet<Part>;
}

/** Seconds after `until` in which a second try may still end. */
export const reserve = 270;

/** The files of a table, none of which ran. */
export function waiting(table: Readonly<Record<string, Known>>): Waiting[] {
  return Object.entries(table).map(([file, known]) => ({ file, attempt: 1, ...known }));
}

/**
 * The same files, beginning with another one each day, so that a few runs in which not all have room run each of them.
 * @param day any count of days
 */
export function rotated<Item>(files: readonly Item[], day: number): Item[] {
  // Multiples of the golden ratio: wherever some days in a row begin, they are far from each other.
  const start = Math.floor(((day * 0.618034) % 1) * files.length);
  return [...files.slice(start), ...files.slice(0, start)];
}

/** The first file that is expected to end in time, and so is a second try of it. */
export function nextOf(queue: readonly Waiting[], clock: Clock): Waiting | undefined {
  return queue.find((one) => {
    const expected = expectedSeconds(one, clock);
    const left = clock.until - clock.now;
    return one.attempt === 2
      ? expected <= left + reserve
      : expected <= left && 2 * expected <= left + reserve;
  });
}

/** Seconds that a file is expected to take, with what is built for it. */
export function expectedSeconds({ seconds, needs }: Waiting, { slowness, built }: Clock): number {
  const building = needs === undefined || built.has(needs) ? 0 : parts[needs];
  return (seconds + building) * slowness;
}

/** Whether no other file may run beside it. */
export function isAlone({ alone, attempt, needs }: Waiting, built: ReadonlySet<Part>): boolean {
  // What is built takes both processors.
  return attempt === 2 || alone !== undefined || (needs !== undefined && !built.has(needs));
}
