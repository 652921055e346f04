import type { Duration } from './units';

/** When a `scheduled` workload runs, and the limits of a run. No run starts while another one is running. */
export type ScheduleModel = { readonly kind: 'none' } | Cron;

/** Runs at the times of a cron expression. */
export interface Cron {
  readonly kind: 'cron';
  /** Five fields, or a macro such as `@daily`; see {@link parseCron}. */
  readonly expression: string;
  /** A time zone of the IANA database, such as Europe/Berlin. */
  readonly timeZone: string;
  /**
   * How late a run may start, for example because the previous run took longer. A run that cannot start in this time
   * is skipped.
   */
  readonly startWithin: Duration;
  /** The time after which a run is stopped. It includes all retries. */
  readonly timeout: Duration;
  /** How often a failed run is repeated. */
  readonly retries: number;
}

/** The values of each field of a cron expression; weekday 0 is Sunday. */
export interface CronTimes {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /**
   * `both`: the day of a run must be in `days` and in `weekdays`, because one of these fields is `*` or `?`.
   * `either`: the day must be in one of them.
   */
  readonly dayRule: 'both' | 'either';
}

/** The times of an expression, or what to write instead of it. */
export type ParsedCron =
  | { readonly kind: 'times'; readonly times: CronTimes }
  | { readonly kind: 'problem'; readonly write: string };

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names of the values, starting with `least`. */
  readonly names: readonly string[];
}

const minute: Field = { name: 'minute', least: 0, most: 59, names: [] };
const hour: Field = { name: 'hour', least: 0, most: 23, names: [] };
const day: Field = { name: 'day', least: 1, most: 31, names: [] };
const month: Field = {
  name: 'month',
  least: 1,
  most: 12,
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
const weekday: Field = {
  name: 'weekday',
  least: 0,
  most: 6,
  names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
};

const macros = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a cron expression as Kubernetes does. Libraries differ from it: in Kubernetes, weekdays end at 6, there are no
 * seconds, no L, W or #, and a `*` with a step above 1 restricts its field.
 * @see https://github.com/robfig/cron/blob/v3.0.1/parser.go
 */
export function parseCron(expression: string): ParsedCron {
  if (/^(CRON_)?TZ=/.test(expression))
    return problem('the expression without the zone, and the zone as Schedule.cron(…, { timeZone })');
  if (expression.startsWith('@') && !macros.has(expression))
    return problem(`five fields, or one of ${[...macros.keys()].join(', ')}`);
  const fields = (macros.get(expression) ?? expression).split(/[ \t]+/).filter((field) => field !== '');
  const [minutes, hours, days, months, weekdays] = fields;
  if (!minutes || !hours || !days || !months || !weekdays || fields.length > 5)
    return problem(
      'five fields (minute, hour, day, month, weekday), such as 0 3 * * *; there is no field for seconds',
    );
  try {
    const times: CronTimes = {
      minutes: valuesOf(minutes, minute),
      hours: valuesOf(hours, hour),
      days: valuesOf(days, day),
      months: valuesOf(months, month),
      weekdays: valuesOf(weekdays, weekday),
      dayRule: isOpen(days) || isOpen(weekdays) ? 'both' : 'either',
    };
    return fires(times)
      ? { kind: 'times', times }
      : problem('a day that exists in one of the months, because this job would never run');
  } catch (error) {
    if (error instanceof Unreadable) return problem(error.message);
    throw error;
  }
}

/** The names of time zones that were checked before and are correct. */
const knownZones = new Set(['UTC']);

/** What to write instead of a wrong name of a time zone; undefined if it is correct. */
export function timeZoneProblem(timeZone: string): string | undefined {
  if (knownZones.has(timeZone)) return undefined;
  const problem = problemOf(timeZone);
  if (problem === undefined) knownZones.add(timeZone);
  return problem;
}

function problemOf(timeZone: string): string | undefined {
  // The list is checked first, because the first formatter takes ten times as long. But the list has only one name of
  // each zone, and a formatter knows the other names too.
  if (Intl.supportedValuesOf('timeZone').includes(timeZone)) return undefined;
  const known = /^[A-Za-z][\w+/-]*$/.test(timeZone) ? zoneOf(timeZone) : undefined;
  if (known === undefined) return 'a time zone of the IANA database, such as Europe/Berlin or UTC';
  const otherCase = known !== timeZone && known.toLowerCase() === timeZone.toLowerCase();
  return otherCase ? known : undefined;
}

function problem(write: string): ParsedCron {
  return { kind: 'problem', write };
}

/** A part of an expression that cannot be read. The message says what to write instead. */
class Unreadable extends Error {}

function valuesOf(text: string, field: Field): number[] {
  const values = new Set(text.split(',').flatMap((part) => partValues(part, field)));
  return [...values].sort((left, right) => left - right);
}

// `3/15` has the same meaning as `3-59/15`.
function partValues(part: string, field: Field): number[] {
  const { name, least, most } = field;
  const [, open, from, to, every] = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part) ?? [];
  if (open === undefined && from === undefined)
    throw new Unreadable(`a number, a range, a step or * for the ${name} instead of '${part}'`);
  const first = from === undefined ? least : valueOf(from, field);
  const single = from !== undefined && every === undefined ? first : most;
  const last = to === undefined ? single : valueOf(to, field);
  const step = Number(every ?? 1);
  if (first > last) throw new Unreadable(`a range from low to high for the ${name} instead of '${part}'`);
  if (step === 0) throw new Unreadable(`a step of 1 or more for the ${name} instead of '${part}'`);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

function valueOf(text: string, { name, least, most, names }: Field): number {
  const index = names.indexOf(text.toLowerCase());
  if (index >= 0) return least + index;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  const sunday = name === 'weekday' ? ' (Sunday)' : '';
  throw new Unreadable(`a number from ${least}${sunday} to ${most} for the ${name} instead of '${text}'`);
}

function isOpen(text: string): boolean {
  return text.split(',').some((part) => /^[*?](\/0*1)?$/.test(part));
}

function fires({ days, months, dayRule }: CronTimes): boolean {
  const least = Math.min(...days);
  return dayRule === 'either' || months.some((number) => least <= (longestMonths[number - 1] ?? 0));
}

function zoneOf(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
