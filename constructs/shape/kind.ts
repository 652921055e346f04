import type { Issue } from '../issue';

/** What is wrong with a value, before it is known whose value it is. */
export type Problem = Omit<Issue, 'path' | 'place'>;

/** A kind, for code that does not know the type of its values. */
export interface AnyKind {
  /** Whether the value may be left out. */
  readonly optional: boolean;
  /** Adds what is wrong with a value to the problems. @param field its name in messages, such as `user.uid` */
  readonly check: (value: unknown, field: string, problems: Problem[]) => void;
  /** The part of a wrong value that is right, so that all other checks look at it. @default nothing of it */
  readonly rightPart?: (value: unknown) => unknown;
}

/**
 * The kind of a value, such as a text or a size. TypeScript's types are not checked at run time: a stack may be
 * JavaScript, and a value may come from a JSON file. So a kind checks them again.
 */
export interface Kind<Value> extends AnyKind {
  /** Only for the compiler: it makes a kind of `string` no kind of `'on' | 'off'`, and the other way round. */
  readonly of?: (value: Value) => Value;
}

/**
 * The kinds of all fields of an object. It does not compile if a field is missing or has another kind than its type.
 * `userShape` in `values/user.ts` is a small one.
 */
export type Shape<Props> = { readonly [Key in keyof Required<Props>]: Kind<Props[Key]> };

/** What to write instead of a wrong value: a text, or a function that looks at the value. */
export type Advice = string | ((value: unknown) => string);

/** The advice for one wrong value. */
export function adviceFor(value: unknown, advice: Advice): string {
  return typeof advice === 'string' ? advice : advice(value);
}

/** Makes a kind from a check that says what to write instead of a wrong value. */
export function kindOf<Value>(instead: (value: unknown) => string | undefined): Kind<Value> {
  return {
    optional: false,
    check: (got, field, problems) => {
      const write = instead(got);
      if (write !== undefined) problems.push({ field, got, write });
    },
  };
}

/** A value that may be left out. */
export function optional<Value>(kind: Kind<Value>): Kind<Value | undefined> {
  const { rightPart } = kind;
  return {
    ...(rightPart && { rightPart }),
    optional: true,
    check: (value, field, problems) => {
      if (value !== undefined) kind.check(value, field, problems);
    },
  };
}

/** A value that must be there in one place, although its type lets it be left out in others. */
export function required<Value>(kind: Kind<Value>): Kind<Value | undefined> {
  const { check, rightPart } = kind;
  return { optional: false, check, ...(rightPart && { rightPart }) };
}

/** A value of one kind, or the word `off`. */
export function orOff<Value>(kind: Kind<Value>): Kind<Value | 'off'> {
  return {
    optional: false,
    check: (value, field, problems) => {
      if (value !== 'off') kind.check(value, field, problems);
    },
  };
}
