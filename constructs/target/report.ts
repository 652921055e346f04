import type { Issue } from '../issue';
import type { Allocation, Duration } from '../model/units';
import { counted, inUnits } from './amounts';

/**
 * Records what is wrong with a field of one component. The message is "<field> is <got>: write <write>";
 * `sentence` replaces it where that is not a good sentence.
 */
export type Report = (field: string, got: unknown, write: string, sentence?: string) => void;

/** A report that adds its issues to a list. @param path the component, as application/component */
export function reportTo(issues: Issue[], path: string): Report {
  return (field, got, write, sentence) => {
    issues.push({ path, field, got, write, ...(sentence !== undefined && { sentence }) });
  };
}

/**
 * Reports a text that breaks a rule, or what is no text.
 * @param problem the rule: what to write instead of a wrong text, or of none; undefined for a good text
 */
export function checkName(
  report: Report,
  field: string,
  got: unknown,
  problem: (text: string) => string | undefined,
): void {
  const write = problem(typeof got === 'string' ? got : '');
  if (write !== undefined) report(field, got, write);
}

/** Reports a number that is not whole, or out of its range. */
export function checkNumber(report: Report, field: string, got: number, least: number, most: number): void {
  if (Number.isInteger(got) && got >= least && got <= most) return;
  report(field, got, `a whole number from ${least} to ${most}`);
}

/** Reports a duration that is out of its range, in seconds. Fractions of a second are allowed. */
export function checkSeconds(
  report: Report,
  field: string,
  { milliseconds }: Duration,
  least: number,
  most: number,
): void {
  const got = milliseconds / 1000;
  if (got >= least && got <= most) return;
  const write = `${least} to ${most} seconds`;
  report(field, got, write, `${field} is ${counted(got, 'second')}: write ${write}`);
}

/** What an amount is counted in, and how an amount reads in a message: `64.5 MiB`. */
export interface Unit {
  readonly plural: string;
  readonly text: (amount: number) => string;
}

/** The units of sizes and of CPU. Amounts of them are whole numbers. */
export const bytes: Unit = { plural: 'bytes', text: sizeText };
export const mebibytes: Unit = { plural: 'MiB', text: (amount) => sizeText(amount * 1024 ** 2) };
export const millicores: Unit = {
  plural: 'millicores',
  text: (amount) => counted(amount, 'millicore'),
};

/** The smallest and largest whole number that an amount can be. A message names only the one that is broken. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** The unit of the amount. @default none: the amount is a count */
  readonly unit?: Unit;
}

/** Reports an amount that is not whole, too small or too large. */
export function checkAmount(report: Report, field: string, got: number, { least, most, unit }: Bounds): void {
  const isWhole = Number.isInteger(got);
  if (isWhole && got >= least && got <= most) return;
  const text = unit?.text ?? String;
  const bound = got > most ? `${text(most)} or less` : `${text(least)} or more`;
  const whole = unit ? `a whole number of ${unit.plural}` : 'a whole number';
  const write = isWhole ? bound : `${whole}, ${bound}`;
  if (unit) report(field, got, write, `${field} is ${text(got)}: write ${write}`);
  else report(field, got, write);
}

/** Reports a limit that is out of its bounds, and a request that is less than 1 or more than its limit. */
export function checkAllocation(
  report: Report,
  field: string,
  { request, limit }: Allocation<number>,
  bounds: Bounds & { readonly unit: Unit },
): void {
  checkAmount(report, `${field}.limit`, limit, bounds);
  const { text } = bounds.unit;
  const most = Math.max(1, limit);
  if (request > most) {
    const write = `no more than ${field}.limit, which is ${text(limit)}`;
    report(`${field}.request`, request, write, `${field}.request is ${text(request)}: write ${write}`);
  } else checkAmount(report, `${field}.request`, request, { ...bounds, least: 1, most });
}

/**
 * A size in the largest unit that it is a multiple of. A size with at most two decimals in MiB stays in MiB, such as
 * 64.5 MiB.
 */
function sizeText(amount: number): string {
  const mebibytes = amount / 1024 ** 2;
  if (!Number.isInteger(mebibytes * 100)) return counted(amount, 'byte');
  const text = inUnits(mebibytes, [' GiB', ' TiB']);
  return typeof text === 'string' ? text : `${text} MiB`;
}
