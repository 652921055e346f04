import type { Construct } from 'constructs';
import { pathOf } from './component';
import { ContainerComponent, type ContainerProps } from './container';
import { requireObject } from '../issue';
import { Duration } from '../model/units';
import type { Workload } from '../model/workload';
import type { CronSource } from '../values/schedule';

/** What a job that runs again and again takes. */
export interface ScheduledJobProps extends Omit<ContainerProps, 'command' | 'args' | 'deadline'> {
  /**
   * What is run. It must bear to run again: after a failure, and where a target starts one run twice.
   * On Docker, the image needs `sh` and `date`, and the time zone where it is not UTC.
   */
  readonly command: readonly string[];
  /** When it runs, such as `Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' })`. */
  readonly schedule: CronSource;
  /** Time until a run is stopped, everything that it is tried again included. @default 1 hour */
  readonly timeout?: Duration;
  /** How often a run that failed is tried again, after 10 s, 20 s, 40 s and so on. @default 3 */
  readonly retries?: number;
  /** How late a run may start, such as after one that took longer; later it is left out. @default 5 minutes */
  readonly startWithin?: Duration;
}

/** A program that runs to its end at the times of a schedule, one run at a time: a retention, a report. */
export class ScheduledJob extends ContainerComponent {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ScheduledJobProps,
  ) {
    super(scope, id, props);
    requireObject(props.schedule, pathOf(scope, id), "Schedule.cron('0 3 * * *')", 'schedule');
  }

  toModel(): readonly Workload[] {
    const { schedule, timeout, retries, startWithin } = this.props;
    return [
      this.workload({
        run: 'scheduled',
        schedule: {
          kind: 'cron',
          ...schedule,
          timeout: timeout ?? Duration.minutes(60),
          retries: retries ?? 3,
          startWithin: startWithin ?? Duration.minutes(5),
        },
      }),
    ];
  }
}
