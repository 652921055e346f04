import { debuglog, types } from 'node:util';
import type { CodePlace } from './code-place';
import { isMade, isMapping, isObject, wordsFor } from './model/data';

/** Prints stack traces if NODE_DEBUG=catamaran is set. */
export const debug = debuglog('catamaran');

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
 * An issue for an error that code of the user threw.
 * @param field what was read or run, such as `constructor`
 */
export function thrownIssue(path: string, field: string, error: unknown): Issue {
  if (!types.isNativeError(error)) {
    const write = 'throw new Error(…) instead, whose line this message can show';
    const shown = error === undefined ? 'undefined' : formatValue(error);
    return { path, field, got: error, write, sentence: `${field} threw ${shown}: ${write}` };
  }
  debug('%s', error.stack);
  // JavaScript's own errors are told without their class, because only programmers of JavaScript know it.
  const got = isTypeMistake(error) ? JSON.stringify(error.message) : `${error.name}: ${error.message}`;
  const sentence = `${field} threw ${withoutLineBreaks(got)}: NODE_DEBUG=catamaran shows the stack trace`;
  return { path, field, got, write: 'code that does not throw', sentence };
}

/**
 * An issue for an error in the code of this library, whose cause is most probably a value of a wrong type. All values
 * are checked where they are given, so this is the last resort.
 * @param field what was read: `props`, or `values` if it is not known of which component
 */
export function misreadIssue(path: string, field: string, error: unknown): Issue {
  debug('%s', types.isNativeError(error) ? error.stack : error);
  const write = 'run npx tsc --noEmit to find it; NODE_DEBUG=catamaran shows the line that reads it';
  return { path, field, got: undefined, write, sentence: `${field}: a value has the wrong type: ${write}` };
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

function nameOf({ constructor }: object): string {
  return typeof constructor === 'function' ? `a ${constructor.name}` : 'an object';
}

/** The longest text of a value in a message. */
const longest = 200;

/** A value in a message. */
export function formatValue(value: unknown): string {
  if (typeof value === 'number') return Number.isNaN(value) ? 'not a number' : String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const words = wordsFor(value);
  if (words !== undefined) return words;
  if (isMade(value)) return nameOf(value);
  const text = jsonOf(value);
  if (text === undefined) return Array.isArray(value) ? 'a list' : 'an object';
  return isObject(value) && text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(described(value));
  } catch {
    return undefined;
  }
}

// What a class has made is named, not printed: it may be large, and may refuse to become a text.
function described(value: unknown): unknown {
  const words = wordsFor(value);
  if (words !== undefined) return words;
  if (isMade(value)) return nameOf(value);
  if (Array.isArray(value)) return value.map(described);
  if (!isMapping(value)) return value;
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
