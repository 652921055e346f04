import { isPlainMapping } from '../model/data';
import { checkCall } from '../shape/call';
import { kindOf, optional, type Kind, type Shape } from '../shape/kind';
import { options as optionsKind } from '../shape/object';
import { quoted, text } from '../shape/words';
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

const cronShape: Shape<CronOptions> = {
  timeZone: optional(text("a time zone, such as 'Europe/Berlin'")),
};

const cronCall = {
  expression: text("a cron expression, such as '0 3 * * *'"),
  options: optionsKind(
    cronShape,
    "Schedule.cron('0 3 * * *'), or Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' })",
  ),
};

/** A schedule. */
export const cronKind: Kind<CronSource> = kindOf((value) => {
  if (
    isPlainMapping(value) &&
    typeof value['expression'] === 'string' &&
    typeof value['timeZone'] === 'string'
  )
    return undefined;
  return `Schedule.cron(${typeof value === 'string' ? quoted(value) : "'0 3 * * *'"})`;
});

/** Schedules for jobs and backups. */
export const Schedule = {
  /**
   * Runs at the times of a cron expression in the syntax of Kubernetes: minute, hour, day, month and weekday, or a
   * macro such as `@daily`. If the zone has daylight saving time, a job between 1:00 and 3:00 can be skipped on one day
   * in spring, and can run twice on one day in autumn; with UTC it always runs once.
   *
   * @param expression such as `0 3 * * *` for 3:00 every day
   * @throws IssuesError if an argument has the wrong type, or an option is unknown
   * @example Schedule.cron('0 3 * * *', { timeZone: 'Europe/Berlin' })
   */
  cron: (expression: string, options: CronOptions = {}): CronSource => {
    checkCall('Schedule.cron', { expression, options }, cronCall);
    const { timeZone } = options;
    return opaque({ expression, timeZone: timeZone ?? 'UTC' }, () => ({
      what: 'a schedule',
      write: 'its text, schedule.expression',
    }));
  },
};
