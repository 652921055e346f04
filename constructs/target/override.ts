import { debug, formatValue, isTypeMistake, messageOf, withoutLineBreaks, type Issue } from '../issue';
import type { Problem } from '../shape/kind';
import { withoutHash } from './hash';
import type { Note } from './lowering';
import { frozenCopy, unplainPart, valueAt } from './plain-data';

/**
 * A change to a rendered object, for things that the model has no field for. `kubernetesObject` of
 * `catamaran/kubernetes` and `dockerContainer` of `catamaran/docker` make overrides, with the types of the objects that
 * they change.
 */
export interface Override<Target extends string = string> {
  readonly target: Target;
  /** The kind of the object that it changes: a kind of API object such as `Deployment`, or `Container`. */
  readonly object: string;
  /** The name of the object. It is needed if the component has several objects of this kind. */
  readonly name: string | undefined;
  /** Why the override is needed. `synth` prints it. */
  readonly reason: string;
  /** A method and not a property, so that TypeScript accepts overrides of any type of object in one list. */
  change(object: object): object;
}

/** The options of an override. */
export interface OverrideOptions<Rendered, Result extends Rendered> {
  /** Why the override is needed. `synth` prints it. */
  readonly reason: string;
  /**
   * Returns the object to use instead of the rendered one: plain data, with the same kind and name. It must be a pure
   * function: it cannot change the given object, and it must return the same result for the same object.
   */
  readonly change: (object: Rendered) => Result & Exactly<Rendered, Result>;
}

/** Data without fields that its shape does not have, so that a misspelt field does not compile. */
type Exactly<Shape, Data> = Shape extends Data
  ? unknown
  : Data extends readonly (infer Item)[]
    ? readonly Exactly<ItemOf<NonNullable<Shape>>, Item>[]
    : Data extends object
      ? {
          readonly [Key in keyof Data]: Key extends keyof NonNullable<Shape>
            ? Exactly<NonNullable<Shape>[Key], Data[Key]>
            : never;
        }
      : unknown;

type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;

/** The overrides that an environment has for one component. */
export interface ComponentOverrides {
  readonly component: string;
  /** The names of the component's workloads. */
  readonly workloads: readonly string[];
  readonly overrides: readonly Override[];
}

/** An object of a plan that an override can change. */
export interface Overridable<Rendered> {
  /** The workload that it belongs to. */
  readonly workload: string;
  /** The kind of the object, as in {@link Override.object}. */
  readonly object: string;
  readonly name: string;
  readonly rendered: Rendered;
}

/** The fields of an object that an override must keep. */
export interface Kept {
  /** Fields whose values must stay the same, such as `metadata.name`. */
  readonly identity: readonly string[];
  /** Fields that must exist, with any value. */
  readonly fields: readonly string[];
}

/** The objects of a target, and what overrides must keep of them. */
export interface Overriding<Rendered> {
  readonly target: string;
  /** The path of issues, such as `shop (dev)`. */
  readonly path: string;
  readonly kept: Kept;
  /** Finds what is wrong with the fields of an object that an override returned. */
  readonly check: (returned: object, rendered: Rendered) => readonly Problem[];
  readonly objects: readonly Overridable<Rendered>[];
}

/** The objects after all overrides, in the same order, with notes and issues. */
export interface Overridden<Rendered> {
  readonly objects: readonly Overridable<Rendered>[];
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
}

/**
 * Applies overrides to the objects of a plan, in order. An override that does not change exactly one object is an
 * issue.
 */
export function override<Rendered extends object>(
  { target, path, kept, check, objects }: Overriding<Rendered>,
  components: readonly ComponentOverrides[],
): Overridden<Rendered> {
  const all = components.flatMap(({ overrides, ...component }) =>
    overrides.map((one) => ({ one, ...component })),
  );
  const notes: Note[] = [];
  const issues: Issue[] = [];
  let current = objects;
  for (const { one, component, workloads } of all) {
    const own = current.filter(({ workload }) => workloads.includes(workload));
    const outcome = one.target === target ? apply(one, own, kept, check) : elsewhere(one, target);
    if (outcome.kind === 'wrong')
      for (const { told, write } of outcome.problems) {
        const field = `components.${component}.overrides`;
        const sentence = `${field}: the override of ${wanted(one)} ${told}`;
        issues.push({ path, field, got: wanted(one), write, sentence });
      }
    else {
      const { before, after } = outcome;
      current = current.map((object) => (object === before ? { ...before, rendered: after } : object));
      notes.push({
        field: 'override',
        workloads: [component],
        note: `${titleOf(before)}: ${withoutLineBreaks(one.reason)}`,
      });
    }
  }
  return { objects: current, notes, issues };
}

type Outcome<Rendered> =
  | { readonly kind: 'changed'; readonly before: Overridable<Rendered>; readonly after: Rendered }
  | { readonly kind: 'wrong'; readonly problems: readonly WrongOverride[] };

interface WrongOverride {
  /** The rest of a sentence that starts with the override. */
  readonly told: string;
  /** What to do. */
  readonly write: string;
}

function wrong(problem: string, write: string) {
  return { kind: 'wrong', problems: [{ told: `${problem}: ${write}`, write }] } as const;
}

function elsewhere(one: Override, target: string) {
  return wrong(`is for ${one.target}, and the environment is on ${target}`, 'remove it');
}

function apply<Rendered extends object>(
  one: Override,
  own: readonly Overridable<Rendered>[],
  kept: Kept,
  check: Overriding<Rendered>['check'],
): Outcome<Rendered> {
  const found = own.filter(({ object, name }) => object === one.object && isNamed(name, one.name));
  const [before, ...others] = found;
  if (own.length === 0)
    return wrong('has nothing to change, because the component has no objects here', 'remove it');
  if (!before) return wrong('matches no object', `write one of ${own.map(titleOf).join(', ')}`);
  if (others.length > 0) {
    const names = found.map(({ name }) => name).join(', ');
    return wrong(`matches ${found.length} objects`, `write name: with one of ${names}`);
  }
  if (one.reason.trim() === '') return wrong('has no reason', 'write why it is needed');
  return change(before, one, kept, check);
}

function wanted({ object, name }: Override): string {
  return name === undefined ? object : `${object} ${name}`;
}

function titleOf({ object, name }: Overridable<unknown>): string {
  return `${object} ${name}`;
}

function isNamed(name: string, wanted: string | undefined): boolean {
  return wanted === undefined || name === wanted || withoutHash(name) === wanted;
}

function change<Rendered extends object>(
  before: Overridable<Rendered>,
  one: Override,
  { identity, fields }: Kept,
  check: Overriding<Rendered>['check'],
): Outcome<Rendered> {
  const { rendered } = before;
  const [first, second] = [attempt(rendered, one), attempt(rendered, one)];
  if (first.kind === 'mistaken')
    return wrong(
      'changes the object that it is given, or reads a field that the object does not have',
      'write a function that returns a new object; NODE_DEBUG=catamaran shows the line',
    );
  if (first.kind === 'threw')
    return wrong(`throws ${JSON.stringify(first.message)}`, 'write a function that returns a new object');
  const problem = unplainPart(first.value);
  if (problem !== undefined)
    return wrong(`returns ${problem}`, 'write only strings, finite numbers, booleans, lists and objects');
  const text = JSON.stringify(first.value);
  if (second.kind !== 'made' || JSON.stringify(second.value) !== text)
    return wrong(
      'returns a different result each time',
      'write a function that always returns the same result',
    );
  const moved = identity.find((field) => valueAt(first.value, field) !== valueAt(rendered, field));
  if (moved !== undefined)
    return wrong(
      `changes ${moved} to ${shown(valueAt(first.value, moved))}`,
      `keep ${shown(valueAt(rendered, moved))}`,
    );
  const missing = fields.find((field) => valueAt(first.value, field) === undefined);
  if (missing !== undefined) return wrong(`removes ${missing}`, 'keep every field of the object');
  const problems = check(first.value as object, rendered).map(asOverride);
  if (problems.length > 0) return { kind: 'wrong', problems };
  // A copy, so that nobody can change the result later. The type of `change` ensures that the result is a `Rendered`.
  return { kind: 'changed', before, after: JSON.parse(text) as Rendered };
}

function shown(value: unknown): string {
  return typeof value === 'string' || value === undefined ? String(value) : formatValue(value);
}

/** The problem as the rest of a sentence that starts with the override. */
function asOverride({ field, got, write, sentence }: Problem): WrongOverride {
  if (sentence !== undefined) return { told: `returns an object in which ${sentence}`, write };
  const problem = got === undefined ? `leaves out ${field}` : `sets ${field} to ${formatValue(got)}`;
  return { told: `${problem}: write ${write}`, write };
}

type Attempt =
  | { readonly kind: 'made'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly message: string }
  /** It changes the object, which is frozen, or reads a field of what is not there. */
  | { readonly kind: 'mistaken' };

function attempt(object: object, one: Override): Attempt {
  try {
    return { kind: 'made', value: one.change(frozenCopy(object)) };
  } catch (error) {
    debug('%s', error);
    return isTypeMistake(error) ? { kind: 'mistaken' } : { kind: 'threw', message: messageOf(error) };
  }
}
