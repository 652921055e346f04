import type { Part } from './files';
import type { FileRun } from './file-run';
import { expectedSeconds, isAlone, nextOf, reserve, type Clock, type Waiting } from './queue';
import { clockTime, fileReport, flakyLines, type Summary } from './report';

/** What a gate needs from around it. */
export interface Surroundings {
  /** Seconds since any one moment. */
  now(): number;
  /** Runs a file; ends it after some seconds. */
  run(file: string, limit: number): Promise<FileRun>;
  /** Has the testbed build what a file needs, where it is not there. */
  build(part: Part): Promise<void>;
  /** What is there of it. */
  readonly built: Set<Part>;
  print(text: string): void;
}

/** Most of the time of an e2e test is spent waiting: two run side by side on 2 cores. */
const lanes = 2;

/** Seconds after which a file is ended: one that hangs must not take the time of all others. */
const limit = 600;

/**
 * Runs files side by side, as many as there is time for. One that fails is run once more, alone: where it passes then,
 * luck had its part, which is told; else the gate is closed.
 */
export class Gate {
  private readonly runs = new Map<string, FileRun>();
  private readonly flaky: string[] = [];
  private readonly running = new Map<string, Promise<void>>();
  private readonly measured = { seconds: 0, expected: 0 };
  private readonly start: number;

  /**
   * @param queue the files, in order
   * @param until the time by which each is expected to end
   */
  constructor(
    private queue: readonly Waiting[],
    private readonly until: number,
    private readonly around: Surroundings,
  ) {
    this.start = around.now();
  }

  /** Runs until there is nothing more to run, or no time for it. */
  async pass(): Promise<Summary> {
    for (;;) {
      const next = nextOf(this.queue, this.clock);
      if (!next && this.running.size === 0) break;
      if (next && this.running.size < this.room(next)) await this.begin(next);
      else await Promise.race(this.running.values());
    }
    const seconds = this.around.now() - this.start;
    // A second try that found no time leaves its file failed, not unknown.
    const left = this.queue.filter(({ attempt }) => attempt === 1);
    return { runs: [...this.runs.values()], flaky: this.flaky, left, seconds };
  }

  private get clock(): Clock {
    const { seconds, expected } = this.measured;
    const slowness = expected === 0 ? 1 : Math.max(1, seconds / expected);
    return { now: this.around.now(), until: this.until, slowness, built: this.around.built };
  }

  /** How many files may run when this one starts, itself among them. */
  private room(next: Waiting): number {
    return isAlone(next, this.around.built) ? 1 : lanes;
  }

  private async begin(next: Waiting): Promise<void> {
    const aloneNow = isAlone(next, this.around.built);
    this.queue = this.queue.filter((one) => one !== next);
    const work = this.runOne(next).finally(() => this.running.delete(next.file));
    this.running.set(next.file, work);
    if (aloneNow) await work;
  }

  private async runOne(next: Waiting): Promise<void> {
    const { file, needs } = next;
    if (needs !== undefined && !this.around.built.has(needs)) await this.around.build(needs);
    const expected = expectedSeconds(next, { ...this.clock, slowness: 1 });
    this.tell(`RUNS ${file} (${Math.round(expected)} s expected)\n`);
    const left = this.until + reserve - this.around.now();
    const run = await this.around.run(file, Math.min(limit, left));
    this.measured.seconds += run.seconds;
    this.measured.expected += expected;
    this.tell(fileReport(run, expected));
    this.record(next, run);
  }

  private tell(text: string): void {
    this.around.print(`[${clockTime(this.around.now() - this.start)}] ${text}`);
  }

  private record(next: Waiting, run: FileRun): void {
    const before = this.runs.get(next.file)?.failures ?? [];
    this.runs.set(next.file, run);
    if (run.failures.length === 0) {
      const lines = flakyLines(next.file, before);
      this.flaky.push(...lines);
      for (const line of lines) this.around.print(`${line}\n`);
    } else if (next.attempt === 1) this.queue = [{ ...next, attempt: 2 }, ...this.queue];
  }
}
