import type { EnvironmentSpec } from '../environment/environment';
import type { Issue } from '../issue';
import { featuresOf, type Feature, type Features } from '../model/features';
import type { Workload } from '../model/workload';
import { merge } from './merge';

/** Renders one field of a workload: returns a part of the target's output. */
type Lower<Value, Fragment, Context> = (value: Value, workload: Workload, context: Context) => Fragment;

/** Values of a field that mean something else on a target. */
export interface Difference<Value, Spec extends EnvironmentSpec = EnvironmentSpec> {
  /** Whether the target changes this value. */
  readonly when: (value: Value, workload: Workload, environment: Spec) => boolean;
  /** Tells users what is different. */
  readonly note: string;
}

/** How a target supports one field of the model. */
export type Support<Value, Spec extends EnvironmentSpec = EnvironmentSpec> =
  /** The field has the same meaning on the target. */
  | { readonly support: 'native' }
  /** For some values, the target uses other means, or other values. */
  | { readonly support: 'emulated'; readonly differences: readonly Difference<Value, Spec>[] }
  /** As `emulated`, but only up to a limit. A value beyond the limit is an error, unless the environment accepts it. */
  | {
      readonly support: 'limited';
      readonly differences: readonly Difference<Value, Spec>[];
      readonly limit: (value: Value, workload: Workload) => LimitCheck;
      readonly reason: string;
    }
  /** As `limited`, but no environment can accept a value beyond the limit: nothing useful would be left of it. */
  | {
      readonly support: 'bounded';
      readonly differences: readonly Difference<Value, Spec>[];
      readonly limit: (value: Value, workload: Workload) => LimitCheck;
      readonly reason: string;
    }
  /** A value that `when` is true for is an error, unless the environment accepts it. */
  | {
      readonly support: 'refused';
      readonly when: (value: Value, workload: Workload) => boolean;
      readonly reason: string;
      readonly fix: string;
    };

/** How a target supports one field, and what it renders for it. */
export type Lowering<Value, Fragment, Context, Spec extends EnvironmentSpec = EnvironmentSpec> = Support<
  Value,
  Spec
> & {
  readonly lower: Lower<Value, Fragment, Context>;
};

/** Whether a value is within the limit of a target. If not: the value in words, and what to write instead. */
export type LimitCheck =
  | { readonly kind: 'within' }
  | {
      readonly kind: 'beyond';
      /** What messages name. @default the field */
      readonly field?: string;
      readonly got: string;
      readonly fix: string;
    };

/**
 * How a target supports every field of a workload. When the model gets a new field, every target stops compiling until
 * its table has an entry for the field.
 */
export type LoweringTable<Fragment, Context, Spec extends EnvironmentSpec = EnvironmentSpec> = {
  readonly [Field in Feature]: Lowering<Features[Field], Fragment, Context, Spec>;
};

/** How a target supports every field: what reviews and reports need of its table. */
export type SupportTable = { readonly [Field in Feature]: Support<Features[Field], never> };

/** What users should know about a plan: a field that is emulated or accepted, a need, or an override. */
export interface Note {
  /**
   * The field of the model; `secrets` for the environment's source of secrets, `needs` for a need of a component, `own` for
   * what the stack wrote for the target itself.
   */
  readonly field: Feature | 'needs' | 'secrets' | 'override' | 'own';
  readonly workloads: readonly string[];
  readonly note: string;
}

/** The fields of an application that have another meaning on a target: notes if that is fine, issues if not. */
export interface Review {
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
}

/** The entries of a table, in its order. */
export function entries<Entry>(table: Readonly<Record<Feature, Entry>>): [Feature, Entry][] {
  return Object.entries(table) as [Feature, Entry][];
}

/** Renders every field of a workload, in the order of the table. */
export function lower<Fragment, Context>(
  table: LoweringTable<Fragment, Context, never>,
  workload: Workload,
  context: Context,
): Fragment[] {
  // The cast is safe: below, each entry gets the value of its own field.
  const all = entries(table as Readonly<Record<Feature, Lowering<unknown, Fragment, Context>>>);
  const features = featuresOf(workload);
  return all.map(([field, { lower: lowerField }]) => lowerField(features[field], workload, context));
}

/**
 * What all entries of a table render together. It has a required key only if one of the entries writes the key always.
 */
export type Rendered<Table extends LoweringTable<object, never, never>> =
  // An intersection over the fields. As parameters of functions, results that are unions stay unions.
  { [Field in Feature]: (part: ReturnType<Table[Field]['lower']>) => void }[Feature] extends (
    whole: infer Whole,
  ) => void
    ? Whole
    : never;

/** Renders every field of a workload, and merges the parts. */
export function render<Context, Table extends LoweringTable<object, Context, never>>(
  table: Table,
  workload: Workload,
  context: Context,
): Rendered<Table> {
  // A merged object fits the type of each of its parts, but TypeScript cannot follow this through a list of parts.
  return merge(...lower<object, Context>(table, workload, context)) as Rendered<Table>;
}
