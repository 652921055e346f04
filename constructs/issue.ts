import { debuglog, types } from 'node:util';

/** Shows whole stack traces to those who ask for them, by NODE_DEBUG=catamaran. */
const debug = debuglog('catamaran');

/** Something that a user wrote and that cannot work. */
export interface Issue {
  /** The component, as application/component. */
  readonly path: string;
  readonly field: string;
  /** The value as it was given. */
  readonly got: unknown;
  /** What to write instead: `1 MiB or more`. */
  readonly write: string;
  /**
   * The whole sentence after the path, where "<field> is <got>: write <write>" is none.
   * @default made of the field, the value and what to write
   */
  readonly sentence?: string;
}

/**
 * What code threw that met a value of another type than is asked for, as JavaScript and types that are stripped let
 * pass; or code of the user's own, whose message says what it asks for.
 */
export function thrownIssue(path: string, field: string, error: unknown): Issue {
  if (types.isNativeError(error)) debug('%s', error.stack);
  const got = types.isNativeError(error) ? `${error.name}: ${error.message}` : error;
  const ofTypes = types.isNativeError(error) && ['TypeError', 'RangeError'].includes(error.name);
  const write = ofTypes
    ? 'values of the types that are asked for, as npx tsc --noEmit checks'
    : 'code that does not throw; NODE_DEBUG=catamaran shows the calls';
  return { path, field, got, write };
}

/** What somebody threw, who may have thrown anything, in words. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Every issue of a run, thrown at once. */
export class IssuesError extends Error {
  override readonly name = 'IssuesError';

  constructor(readonly issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
  }
}

/** A sentence in one line: path, field, value got, what to write instead. */
export function formatIssue({ path, field, got, write, sentence }: Issue): string {
  const wrong = got === undefined ? `${field} is missing` : `${field} is ${formatValue(got)}`;
  const line = `${path}: ${sentence ?? `${wrong}: write ${write}`}`;
  return line.replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** What would end the line, or steer the terminal that shows it. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Each issue once, as some are found in several ways. */
export function distinct(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [formatIssue(issue), issue])).values()];
}

function formatValue(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  try {
    return JSON.stringify(value);
  } catch {
    return 'something that refers to itself';
  }
}

/**
 * What has to be an object, as JavaScript and types that are stripped let anything pass.
 * @throws IssuesError where it is none
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

/** Whether a value has fields to read. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What an action made of each item, and the issues of those that it refused. */
export interface Gathered<Done> {
  readonly done: readonly Done[];
  readonly issues: readonly Issue[];
}

/** Does something with each item, and goes on with the others where it throws issues. */
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
