import { debuglog, types } from 'node:util';
import type { CodePlace } from './code-place';
import { isMapping, isObject, wordsFor } from './model/data';

/** Prints stack traces if NODE_DEBUG=catamaran is set. */
const debug = debuglog('catamaran');

/** A mistake in what a user wrote. */
export interface Issue {
  /** Where the mistake is: a component as `shop/api`, or an environment as `shop (dev)`. */
  readonly path: string;
  /** The prop, option or setting that is wrong. */
  readonly field: string;
  /** The wrong value; undefined if it is missing. It is never the value of a secret. */
  readonly got: unknown;
  /** What to write instead, such as `1 MiB or more`: it completes the sentence "write …". */
  readonly write: string;
  /**
   * The whole sentence after the path. Needed if "<field> is <got>: write <write>" would not be a good sentence.
   * @default "<field> is <got>: write <write>", or "<field> is missing: write <write>"
   */
  readonly sentence?: string;
  /**
   * Where the stack creates the component or the environment, or where it threw an error. Commands print it as
   * file:line:column before the message. @default not known
   */
  readonly place?: CodePlace;
}

/**
 * An issue for an error that code threw. A TypeError or RangeError usually means that a value has the wrong type,
 * because nothing checks types at run time. Any other error comes from the user's own code.
 *
 * @param field what was read or run: `props`, or a line of a file
 */
export function thrownIssue(path: string, field: string, error: unknown): Issue {
  if (!types.isNativeError(error)) {
    const write = 'throw new Error(…) instead, whose line this message can show';
    const shown = error === undefined ? 'undefined' : formatValue(error);
    return { path, field, got: error, write, sentence: `${field} threw ${shown}: ${write}` };
  }
  debug('%s', error.stack);
  const got = `${error.name}: ${error.message}`;
  const advice = isTypeMistake(error)
    ? 'a value has the wrong type. To find it, run npx tsc --noEmit'
    : 'NODE_DEBUG=catamaran shows the stack trace';
  const write = isTypeMistake(error) ? 'values of the right types' : 'code that does not throw';
  return { path, field, got, write, sentence: `${field} threw ${withoutLineBreaks(got)}: ${advice}` };
}

/** Whether an error usually means that a value has the wrong type. */
export function isTypeMistake(error: unknown): boolean {
  return types.isNativeError(error) && ['TypeError', 'RangeError'].includes(error.name);
}

/** A text of others, such as what a program printed, as a part of a message, which is one line. */
export function withoutLineBreaks(text: string): string {
  return text.trim().replace(/\s*[\r\n]\s*/g, ' ');
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}

/** The error with all issues of a run. Its message has one line for each issue. */
export class IssuesError extends Error {
  override readonly name = 'IssuesError';

  constructor(readonly issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
  }
}

/** The line to print for an issue: `shop/api: replicas is 0: write a whole number from 1 to 1000`. */
export function formatIssue(issue: Issue): string {
  const line = `${issue.path}: ${sentenceOf(issue)}`;
  return line.replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The sentence of an issue, without its path. */
export function sentenceOf({ field, got, write, sentence }: Issue): string {
  const wrong = got === undefined ? `${field} is missing` : `${field} is ${formatValue(got)}`;
  return sentence ?? `${wrong}: write ${write}`;
}

/** Characters that end a line or control a terminal. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Removes repeated issues. @param print the line of an issue: issues with the same line are the same */
export function distinct(issues: readonly Issue[], print: (issue: Issue) => string = formatIssue): Issue[] {
  return [...new Map(issues.map((issue) => [print(issue), issue])).values()];
}

function formatValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const words = wordsFor(value);
  if (words !== undefined) return words;
  try {
    return JSON.stringify(described(value));
  } catch {
    return 'a circular object';
  }
}

// JSON cannot show a value that refuses to become a string, such as a reference: its words stand in its place.
function described(value: unknown): unknown {
  const words = wordsFor(value);
  if (words !== undefined) return words;
  if (Array.isArray(value)) return value.map(described);
  if (!isMapping(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, described(item)]));
}

/**
 * Returns a value that must be an object. The types say so already, but they are not checked at run time.
 *
 * @throws IssuesError if the value is not an object
 */
export function requireObject<Value extends object>(
  value: Value,
  path: string,
  write: string,
  field = 'options',
): Value {
  if (isObject(value)) return value;
  throw new IssuesError([{ path, field, got: value, write }]);
}

/** The results of an action for several items, and the issues of the items for which it failed. */
export interface Gathered<Done> {
  /** The results, in the order of the items. */
  readonly done: readonly Done[];
  readonly issues: readonly Issue[];
}

/** Runs an action for each item. If it throws issues for one item, the others still run. */
export function gather<Item, Done>(items: readonly Item[], action: (item: Item) => Done): Gathered<Done> {
  const issues: Issue[] = [];
  const done = items.flatMap((item) => {
    try {
      return [action(item)];
    } catch (error) {
      if (!(error instanceof IssuesError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  return { done, issues };
}
