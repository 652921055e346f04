import type { Construct } from 'constructs';
import { checkProps } from './component';
import { ContainerComponent } from './container';
import { containerShape, type ContainerProps } from './container-props';
import { optional, type Shape } from '../shape/kind';
import { command } from '../shape/lists';
import { duration } from '../shape/units';
import { number } from '../shape/words';
import { Duration } from '../model/units';
import type { Workload } from '../model/workload';
import { cronKind, type CronSource } from '../values/schedule';

/** The props of a scheduled job. */
export interface ScheduledJobProps extends Omit<ContainerProps, 'command' | 'args' | 'deadline'> {
  /**
   * The command to run. It must be safe to run it again: a failed run is repeated, and the same run may start twice.
   * On Docker, the image needs `sh`, `date`, `timeout` and, unless the time zone is UTC, time zone data.
   */
  readonly command: readonly string[];
  /** When the job runs. @example Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' }) */
  readonly schedule: CronSource;
  /** The time after which a run is stopped. It includes all retries. @default 1 hour */
  readonly timeout?: Duration;
  /** How often a failed run is repeated: after 10 s, 20 s, 40 s and so on. @default 3 */
  readonly retries?: number;
  /**
   * How late a run may start, for example because the previous run took longer. A run that cannot start in this time
   * is skipped. @default 5 minutes
   */
  readonly startWithin?: Duration;
}

const { command: _command, args: _args, deadline: _deadline, ...others } = containerShape;

const jobShape: Shape<ScheduledJobProps> = {
  ...others,
  command,
  schedule: cronKind,
  timeout: optional(duration),
  retries: optional(number('a whole number from 0 to 20')),
  startWithin: optional(duration),
};

/**
 * A command that runs to completion at the times of a schedule, such as a nightly report. Only one run is active at a
 * time.
 *
 * @throws IssuesError if the props or `schedule` are missing
 * @example
 * new ScheduledJob(this, 'retention', {
 *   image: Image.build('api'),
 *   command: ['python3', 'retention.py'],
 *   schedule: Schedule.cron('0 3 * * *'),
 *   env: { DATABASE_URL: database.url },
 * });
 */
export class ScheduledJob extends ContainerComponent {
  private readonly props: ScheduledJobProps;

  constructor(scope: Construct, id: string, props: ScheduledJobProps) {
    const write =
      "an object, such as { image: 'api:1.0', command: ['run'], schedule: Schedule.cron('0 3 * * *') }";
    const checked = checkProps(scope, id, props, { of: 'ScheduledJob', shape: jobShape, write });
    super(scope, id, checked);
    this.props = checked;
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
