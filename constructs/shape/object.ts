import { closest } from '../closest';
import { isPlainMapping, type Mapping } from '../model/data';
import { adviceFor, type Advice, type AnyKind, type Kind, type Problem, type Shape } from './kind';

/** What messages say of an object. */
export interface Words {
  /** What its keys are, such as `a prop of Backend`. */
  readonly title: string;
  /** What to write instead of something that is no such object. */
  readonly write: string;
}

/** An object of a shape. */
export function object<Props extends object>(shape: Shape<Props>, words: Words): Kind<Props> {
  return {
    optional: false,
    check: (value, field, problems) => {
      if (isPlainMapping(value)) problems.push(...fieldProblems(value, shape, words.title, `${field}.`));
      else problems.push({ field, got: value, write: words.write });
    },
  };
}

/** The options of a function: messages name them without the name of the argument. */
export function options<Props extends object>(shape: Shape<Props>, write: string): Kind<Props> {
  return {
    optional: false,
    check: (value, field, problems) => {
      if (isPlainMapping(value)) problems.push(...fieldProblems(value, shape, 'an option'));
      else problems.push({ field, got: value, write });
    },
  };
}

/** The shapes of the members of a union, by the value of their field `kind`. */
type Variants<Union extends { readonly kind: string }> = {
  readonly [Name in Union['kind']]: Shape<Omit<Extract<Union, { readonly kind: Name }>, 'kind'>>;
};

/** One of several objects that differ by their field `kind`, as functions of this library make them. */
export function variant<Union extends { readonly kind: string }>(
  variants: Variants<Union>,
  write: Advice,
): Kind<Union> {
  return {
    optional: false,
    check: (value, field, problems) => {
      const shape = isPlainMapping(value) ? ownField(variants, value['kind']) : undefined;
      if (!shape || !isPlainMapping(value))
        problems.push({ field, got: value, write: adviceFor(value, write) });
      else {
        const { kind: _kind, ...others } = value;
        problems.push(...fieldProblems(others, shape, `a field of ${field}`, `${field}.`));
      }
    },
  };
}

function ownField<Value>(fields: Readonly<Record<string, Value>>, key: unknown): Value | undefined {
  return typeof key === 'string' && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** What is wrong with the fields of an object, unknown fields included. @param before what their names start with */
function fieldProblems(value: Mapping, shape: object, title: string, before = ''): readonly Problem[] {
  return checkFields(value, shape, title, { before }).problems;
}

/** The problem of a key that an object does not have. */
export function unknownField(key: string, known: readonly string[], title: string, before = ''): Problem {
  const field = `${before}${key}`;
  const near = closest(key, known);
  const write = near ?? (known.length === 0 ? 'remove it' : `one of ${known.join(', ')}`);
  const advice =
    near === undefined ? (known.length === 0 ? write : `write ${write}`) : `did you mean ${near}?`;
  return { field, got: key, write, sentence: `${field} is not ${title}: ${advice}` };
}

/** An object without what is wrong with it. */
export interface Checked<Props> {
  /** The fields that are right. */
  readonly right: Props;
  readonly problems: readonly Problem[];
  /** Whether each required field is right. */
  readonly isComplete: boolean;
}

/** How to check the fields of an object. */
export interface CheckOptions {
  /** What the names of the fields start with in messages. @default nothing */
  readonly before?: string;
  /** Whether unknown fields are kept, because another check tells of them. @default false */
  readonly keepUnknown?: boolean;
}

/**
 * Checks an object and leaves out what is wrong, so that the checks of everything else can go on.
 *
 * @param shape the `Shape<Props>` of the object
 * @param title what its keys are, such as `a prop of Backend`
 */
export function checkFields<Props extends object>(
  value: Props,
  shape: object,
  title: string,
  { before = '', keepUnknown = false }: CheckOptions = {},
): Checked<Props> {
  const [fields, given] = [shape as Fields, value as Mapping];
  const problems: Problem[] = [];
  const right: Record<string, unknown> = {};
  let isComplete = true;
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(fields, key)) continue;
    if (keepUnknown) right[key] = given[key];
    else problems.push(unknownField(key, Object.keys(fields), title, before));
  }
  for (const key in fields) {
    const kind = fields[key];
    const item = Object.hasOwn(given, key) ? given[key] : undefined;
    // Most fields are left out, and an application can have thousands of components.
    if (!kind || (item === undefined && kind.optional)) continue;
    const count = problems.length;
    kind.check(item, `${before}${key}`, problems);
    if (problems.length === count) right[key] = item;
    else {
      isComplete &&= kind.optional;
      const part = kind.rightPart?.(item);
      if (part !== undefined) right[key] = part;
    }
  }
  return { right: right as Props, problems, isComplete };
}

type Fields = Readonly<Record<string, AnyKind>>;
