import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Schedule, ScheduledJob, type ScheduledJobProps } from 'catamaran';
import { writtenFiles } from '../../constructs/pipeline/plan';
import { onDocker, planOfApp, present } from './application';
import { projectOf } from './project';

/** The script of the scheduler, which keeps its state in a folder of the test. */
export function scriptOf(props: Partial<ScheduledJobProps>, folder = '/nowhere'): string {
  const planned = planOfApp((app) => {
    new ScheduledJob(app, 'job', {
      image: 'job:1.0',
      command: ['unused'],
      schedule: Schedule.cron('@yearly'),
      ...props,
    });
  }, onDocker);
  const files = Object.entries(writtenFiles(planned, ''));
  const [, script] = present(files.find(([name]) => name.endsWith('/schedule.sh')));
  return script.replaceAll('/run/catamaran', folder);
}

/** A scheduler that runs until it gets a signal to stop. */
export class Running {
  /** Holds its script, its log, and its state. */
  readonly folder = projectOf({});
  private readonly child: ChildProcess;
  readonly exited: Promise<number | null>;

  constructor(
    props: Partial<ScheduledJobProps>,
    command: readonly string[],
    change: (script: string) => string = (script) => script,
  ) {
    writeFileSync(join(this.folder, 'schedule.sh'), change(scriptOf(props, this.folder)));
    const output = openSync(this.log, 'w');
    this.child = spawn('sh', [join(this.folder, 'schedule.sh'), ...command], {
      stdio: ['ignore', output, output],
    });
    this.exited = new Promise((resolve) => this.child.on('exit', resolve));
  }

  private get log(): string {
    return join(this.folder, 'log');
  }

  /** The lines that it has printed, without the durations of runs. */
  get lines(): string[] {
    const text = readFileSync(this.log, 'utf8').replace(/succeeded after \d+/g, 'succeeded after some');
    return text.split('\n').filter((line) => line !== '');
  }

  /** Waits until it handles signals. */
  async started(): Promise<this> {
    while (!existsSync(join(this.folder, 'alive'))) await setTimeout(20);
    return this;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until it has printed a line so many times. Returns all lines. */
  async until(line: string, times = 1): Promise<string[]> {
    while (this.lines.filter((one) => one === line).length < times) {
      if (this.child.exitCode !== null) throw new Error(`it has ended:\n${this.lines.join('\n')}`);
      await setTimeout(20);
    }
    return this.lines;
  }
}

/** A change of a script: replaces one text, which must be there. */
export function replacing(before: string, after: string): (script: string) => string {
  return (script) => {
    expect(script).toContain(before);
    return script.replace(before, () => after);
  };
}
