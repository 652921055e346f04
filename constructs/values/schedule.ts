import { requireObject } from '../issue';
import { opaque } from './opaque';

/** The times at which a job runs; create it with `Schedule.cron(…)`. */
export interface CronSource {
  /** The cron expression. */
  readonly expression: string;
  /** The time zone: a name of the IANA database. */
  readonly timeZone: string;
}

/** The options of a schedule. */
export interface CronOptions {
  /** The time zone of the schedule: a name of the IANA database, such as Europe/Berlin. @default UTC */
  readonly timeZone?: string;
}

/** Schedules for jobs and backups. */
export const Schedule = {
  /**
   * Runs at the times of a cron expression in the syntax of Kubernetes: minute, hour, day, month and weekday, or a
   * macro such as `@daily`. If the zone has daylight saving time, a job between 1:00 and 3:00 can be skipped on one day
   * in spring, and can run twice on one day in autumn; with UTC it always runs once.
   *
   * @param expression such as `0 3 * * *` for 3:00 every day
   * @throws IssuesError if the options are not an object
   * @example Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
   */
  cron: (expression: string, options: CronOptions = {}): CronSource => {
    const write = "Schedule.cron('0 3 * * *'), or Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' })";
    const { timeZone } = requireObject(options, 'Schedule.cron', write);
    return opaque({ expression, timeZone: timeZone ?? 'UTC' }, () => ({
      what: 'a schedule',
      write: 'its text, schedule.expression',
    }));
  },
};
