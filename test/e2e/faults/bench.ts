import { readFileSync, writeFileSync } from 'node:fs';
import { answering, ask, underLoad, type Answer, type Load } from '../support/http';
import { OwnProject } from '../support/own-project';
import { PulumiStack } from '../support/pulumi';
import { pause, until, type Ended } from '../support/run';
import type { Settings } from './index';

/** One replica of the backend. */
export interface Replica {
  /** The name of its container or pod. */
  readonly name: string;
  readonly restarts: number;
}

/** Ends PostgreSQL at once, as a crash would: nothing is put in order, and what is under way is lost. */
export const endDatabase = 'kill -QUIT 1';

/** What a target does, and can be done to it. */
export interface Hull {
  readonly url: string;
  /** The name of the Pulumi stack. */
  readonly stack: string;
  /** Removes what a run before left, and has the database's data on a disk of a test. */
  prepare(disk: string): Promise<void>;
  sweep(): Promise<void>;
  /** The replicas of the backend that are healthy, if no others are there. */
  settled(): Promise<readonly Replica[] | undefined>;
  /** Ends a replica without a warning. */
  kill(replica: Replica): Promise<void>;
  /** Runs {@link endDatabase} beside the database. */
  killDatabase(): Promise<void>;
}

/** The application in a project of its own, and its Pulumi stack. */
export class Bench {
  private readonly project = new OwnProject('faults');
  private readonly stack: PulumiStack;

  constructor(readonly hull: Hull) {
    this.project.sign();
    this.stack = new PulumiStack(this.project, hull.stack);
  }

  async start(): Promise<void> {
    await this.project.catamaran('secrets', 'faults', '--environment', 'dev', '--init');
    await this.stack.init();
    await this.stack.up();
    const all = await this.replicas();
    // A port of a node is there a moment after what is behind it.
    await answering(`${this.hull.url}/`);
    await this.answeredBy(all.length);
  }

  remove(): void {
    this.project.remove();
  }

  change(settings: Partial<Settings>): void {
    writeFileSync(this.settingsFile, JSON.stringify({ ...this.settings, ...settings }));
  }

  private get settings(): Settings {
    return JSON.parse(readFileSync(this.settingsFile, 'utf8')) as Settings;
  }

  private get settingsFile(): string {
    return this.project.source('settings.json');
  }

  /** Deploys, until nothing of the release before is left. */
  async up(): Promise<void> {
    await this.stack.up();
    await this.replicas();
  }

  tryUp(): Promise<Ended> {
    return this.stack.tryUp();
  }

  /** The replicas, once as many as there should be are healthy and no others are there. */
  replicas(): Promise<readonly Replica[]> {
    const { replicas } = this.settings;
    return until(`${replicas} healthy replicas alone`, 120, async () => {
      const all = await this.hull.settled();
      return all?.length === replicas ? all : undefined;
    });
  }

  /** Does something to the replicas, and waits until they are others, or were started again. Prints the time. */
  async recovers(what: string, fault: (first: Replica) => Promise<unknown>): Promise<void> {
    const before = await this.replicas();
    const [first] = before;
    if (!first) throw new Error('there is no replica');
    await this.timed(what, async () => {
      await fault(first);
      await until('other replicas', 120, async () => {
        const after = await this.hull.settled();
        return after?.length === before.length && JSON.stringify(after) !== JSON.stringify(before)
          ? true
          : undefined;
      });
    });
    await this.answeredBy(before.length);
  }

  /** Prints how long something takes. */
  async timed(what: string, work: () => Promise<unknown>): Promise<void> {
    const start = Date.now();
    await work();
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    process.stdout.write(`    ${this.hull.stack}: ${what} after ${seconds} s\n`);
  }

  /** How the backend answers while something happens. */
  load(during: () => Promise<unknown>): Promise<Load> {
    return underLoad(`${this.hull.url}/`, during);
  }

  /** The releases that answer some requests in a row. */
  async releases(): Promise<string[]> {
    const seen = new Set<string>();
    for (let count = 0; count < 20; count += 1)
      seen.add((await ask(`${this.hull.url}/`)).text.split(' ')[0] ?? '');
    return [...seen];
  }

  /** Waits until so many different replicas answer: nodes and proxies hear of one a moment late. */
  answeredBy(replicas: number): Promise<true> {
    return until(`answers of ${replicas} replicas`, 60, async () => {
      const seen = new Set<string>();
      for (let count = 0; count < 40; count += 1) {
        const answer = await ask(`${this.hull.url}/`).catch(() => undefined);
        if (answer?.status !== 200) return undefined;
        seen.add(answer.text);
      }
      return seen.size === replicas ? true : undefined;
    });
  }

  /** Writes something. */
  write(number: number, kibibytes = 1): Promise<Answer> {
    return this.order(`/write?number=${number}&kibibytes=${kibibytes}`);
  }

  /** The numbers that were written. */
  async read(): Promise<number[]> {
    const { text } = await ask(`${this.hull.url}/read`);
    return text === '' ? [] : text.split(' ').map(Number);
  }

  /** Waits until all visitors read something that was written, for a while. Prints the time. */
  answersAgain(number: number): Promise<void> {
    return this.timed('all visitors are answered for 30 s', () =>
      until('answers', 120, async () => {
        for (let count = 0; count < 300; count += 1) {
          const numbers = await this.read().catch((): number[] => []);
          if (!numbers.includes(number)) return undefined;
          await pause(100);
        }
        return true;
      }),
    );
  }

  /** Asks for what no proxy asks a second replica for. */
  order(path: string): Promise<Answer> {
    return ask(`${this.hull.url}${path}`, {});
  }
}
