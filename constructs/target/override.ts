import { requireObject, messageOf, type Issue } from '../issue';
import { withoutHash } from './hash';
import type { Note } from './lowering';
import { at, frozenCopy, unplainPart } from './plain-data';

/**
 * A change to what a target makes of a component, for what no field of the model can say. `catamaran/kubernetes`
 * and `catamaran/docker` make them, with the types of the objects that they change.
 */
export interface Override<Target extends string = string> {
  readonly target: Target;
  /** What it changes, in the target's words: a kind of API object, or a container. */
  readonly object: string;
  /** Which one, where the component has several. */
  readonly name: string | undefined;
  /** Why, for those who read the report of synth. */
  readonly reason: string;
  /** A method, so that each override can take the one type of object that it is for. */
  change(object: object): object;
}

/** What an override says, besides what it changes. */
export interface OverrideOptions<Rendered, Result extends Rendered> {
  /** Why, for those who read the report of synth. */
  readonly reason: string;
  /**
   * Gives a new object in the place of the rendered one, as plain data and with the same identity. Pure: the
   * object itself cannot be changed, and the same object gives the same result.
   */
  readonly change: (object: Rendered) => Result & Exactly<Rendered, Result>;
}

/** Data without any field that its shape does not have, as a misspelt one. */
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

/**
 * An override as a function of a target makes it.
 * @param path the function's name
 * @throws IssuesError where it is given no options
 */
export function overrideBy<Target extends string>(
  path: string,
  of: Pick<Override<Target>, 'target' | 'object'>,
  options: Pick<Override, 'reason' | 'change'> & { readonly name?: string },
): Override<Target> {
  const write = "{ reason: 'why', change: (object) => ({ ...object }) }";
  const { name, reason, change } = requireObject(options, path, write);
  return { ...of, name, reason, change };
}

/** What an environment overrides of one component. */
export interface ComponentOverrides {
  readonly component: string;
  /** The names of the workloads that the component is. */
  readonly workloads: readonly string[];
  readonly overrides: readonly Override[];
}

/** An object of a plan as an override finds it. */
export interface Overridable<Rendered> {
  /** The workload that it is a part of. */
  readonly workload: string;
  /** In the target's words, as in {@link Override.object}. */
  readonly object: string;
  readonly name: string;
  readonly rendered: Rendered;
}

/** What an override leaves as it is. */
export interface Kept {
  /** The fields that an object is known by, as `metadata.name`: their values. */
  readonly identity: readonly string[];
  /** The fields that every object has: they are there. */
  readonly fields: readonly string[];
}

/** What a target tells of its objects. */
export interface Overriding<Rendered> {
  readonly target: string;
  /** Where the environment's words are, as application (environment). */
  readonly path: string;
  readonly kept: Kept;
  readonly objects: readonly Overridable<Rendered>[];
}

/** The objects after all overrides, in their order, and what is to be told of them. */
export interface Overridden<Rendered> {
  readonly objects: readonly Overridable<Rendered>[];
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
}

/** Changes the objects of a plan in the order of the overrides. Each changes one object, or is an issue. */
export function override<Rendered extends object>(
  { target, path, kept, objects }: Overriding<Rendered>,
  components: readonly ComponentOverrides[],
): Overridden<Rendered> {
  const all = components.flatMap(({ overrides, ...of }) => overrides.map((one) => ({ one, ...of })));
  const notes: Note[] = [];
  const issues: Issue[] = [];
  let current = objects;
  for (const { one, component, workloads } of all) {
    const own = current.filter(({ workload }) => workloads.includes(workload));
    const outcome = one.target === target ? apply(one, own, kept) : elsewhere(one, target);
    if (outcome.kind === 'wrong') {
      const { got, write } = outcome;
      issues.push({ path, field: `components.${component}.overrides`, got: `${wanted(one)}${got}`, write });
    } else {
      const { before, after } = outcome;
      current = current.map((object) => (object === before ? { ...before, rendered: after } : object));
      notes.push({ field: 'override', workloads: [component], note: `${titleOf(before)}: ${one.reason}` });
    }
  }
  return { objects: current, notes, issues };
}

type Outcome<Rendered> =
  | { readonly kind: 'changed'; readonly before: Overridable<Rendered>; readonly after: Rendered }
  /** What was got, to come after the override's own words, and what to write instead. */
  | { readonly kind: 'wrong'; readonly got: string; readonly write: string };

function wrong(got: string, write: string) {
  return { kind: 'wrong', got, write } as const;
}

function elsewhere(one: Override, target: string) {
  return wrong(` on ${one.target}`, `nothing: the environment is on ${target}`);
}

function apply<Rendered extends object>(
  one: Override,
  own: readonly Overridable<Rendered>[],
  kept: Kept,
): Outcome<Rendered> {
  const found = own.filter(({ object, name }) => object === one.object && isNamed(name, one.name));
  const [before, ...others] = found;
  if (own.length === 0) return wrong('', 'nothing: the component is no object here');
  if (!before) return wrong('', `one of ${own.map(titleOf).join(', ')}`);
  if (others.length > 0) return wrong('', `a name: ${found.map(({ name }) => name).join(', ')}`);
  if (one.reason.trim() === '') return wrong(' without a reason', 'one, for those who read the report');
  return change(before, one, kept);
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
): Outcome<Rendered> {
  const { rendered } = before;
  const [first, second] = [attempt(rendered, one), attempt(rendered, one)];
  if (first.kind === 'threw')
    return wrong(` that throws ${first.message}`, 'a function that makes a new object of the given one');
  const problem = unplainPart(first.value);
  if (problem !== undefined)
    return wrong(` with ${problem}`, 'an object of texts, finite numbers, booleans, lists and objects alone');
  const text = JSON.stringify(first.value);
  if (second.kind === 'threw' || JSON.stringify(second.value) !== text)
    return wrong(' with another result each time', 'a function that makes the same of the same');
  const moved = identity.find((field) => at(first.value, field) !== at(rendered, field));
  if (moved !== undefined)
    return wrong(` with ${moved} ${String(at(first.value, moved))}`, String(at(rendered, moved)));
  const missing = fields.find((field) => at(first.value, field) === undefined);
  if (missing !== undefined) return wrong(` without ${missing}`, 'every field that it has');
  // A copy, which nobody else holds; its type is that of the function's parameter and result.
  return { kind: 'changed', before, after: JSON.parse(text) as Rendered };
}

type Attempt =
  { readonly kind: 'made'; readonly value: unknown } | { readonly kind: 'threw'; readonly message: string };

function attempt(object: object, one: Override): Attempt {
  try {
    return { kind: 'made', value: one.change(frozenCopy(object)) };
  } catch (error) {
    return { kind: 'threw', message: messageOf(error) };
  }
}
