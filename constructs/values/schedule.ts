import { requireObject } from '../issue';

/** The times at which a job runs. Make one with {@link Schedule}'s functions. */
export interface CronSource {
  readonly expression: string;
  readonly timeZone: string;
}

/** Says when a job runs. */
export const Schedule = {
  /**
   * At the times of a cron expression: minute, hour, day, month and weekday, such as `0 3 * * *`, or a macro
   * such as `@daily`, as Kubernetes reads them. A time that the clock skips in spring is left out that day,
   * and one that it has twice in autumn runs twice: between 1:00 and 3:00, only UTC has each time once.
   * @param options.timeZone a name of the IANA database, such as Europe/Berlin. @default UTC
   */
  cron: (expression: string, options: { readonly timeZone?: string } = {}): CronSource => {
    const { timeZone } = requireObject(options, 'Schedule.cron', "nothing, or { timeZone: 'Europe/Berlin' }");
    return { expression, timeZone: timeZone ?? 'UTC' };
  },
};
