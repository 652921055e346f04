import type { Issue } from '../issue';
import type { ApplicationModel, Workload } from '../model/workload';

/** Turns one field of a workload into a part of the target's output. */
type Lower<Value, Fragment, Context> = (value: Value, workload: Workload, context: Context) => Fragment;

/** How a target carries one field of the model. */
export type Lowering<Value, Fragment, Context> =
  /** With the same meaning. */
  | { readonly support: 'native'; readonly lower: Lower<Value, Fragment, Context> }
  /** By other means, of which the note tells, for the values that `when` picks. */
  | {
      readonly support: 'emulated';
      readonly when: (value: Value, workload: Workload) => boolean;
      readonly note: string;
      readonly lower: Lower<Value, Fragment, Context>;
    }
  /** Not at all, for the values that `when` picks, unless the environment accepts it. */
  | {
      readonly support: 'refused';
      readonly when: (value: Value, workload: Workload) => boolean;
      readonly reason: string;
      readonly fix: string;
      readonly lower: Lower<Value, Fragment, Context>;
    };

/**
 * What a target does with every field of a workload. A new field of the model breaks every target at compile
 * time, until its table says what becomes of it.
 */
export type LoweringTable<Fragment, Context> = {
  readonly [Field in keyof Workload]: Lowering<Workload[Field], Fragment, Context>;
};

/** A field that was lowered by other means, or an override, and the workloads that it is about. */
export interface Note {
  readonly field: keyof Workload | 'override';
  readonly workloads: readonly string[];
  readonly note: string;
}

/** What of an application does not mean the same on a target. */
export interface Review {
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
}

/** The fields of a table with their types put aside, for code that treats all of them alike. */
type AnyLowering<Fragment, Context> = Lowering<unknown, Fragment, Context>;

function entries<Fragment, Context>(
  table: LoweringTable<Fragment, Context>,
): [keyof Workload, AnyLowering<Fragment, Context>][] {
  return Object.entries(table) as [keyof Workload, AnyLowering<Fragment, Context>][];
}

/** Lowers every field of a workload, in the table's order. */
export function lower<Fragment, Context>(
  table: LoweringTable<Fragment, Context>,
  workload: Workload,
  context: Context,
): Fragment[] {
  return entries(table).map(([field, lowering]) => lowering.lower(workload[field], workload, context));
}

/** Finds what a table emulates or refuses of an application, and acceptances that nothing uses. */
export function review<Fragment, Context>(
  target: string,
  table: LoweringTable<Fragment, Context>,
  model: ApplicationModel,
  accepted: readonly (keyof Workload)[],
): Review {
  const notes: Note[] = [];
  const issues: Issue[] = [];
  for (const [field, lowering] of entries(table)) {
    if (lowering.support === 'native') continue;
    const affected = model.workloads.filter((workload) => lowering.when(workload[field], workload));
    const workloads = affected.map(({ name }) => name);
    if (lowering.support === 'emulated') {
      if (workloads.length > 0) notes.push({ field, workloads, note: lowering.note });
    } else if (!accepted.includes(field)) {
      issues.push(...affected.map((workload) => refusal(target, model, workload, field, lowering)));
    } else if (workloads.length > 0) {
      notes.push({ field, workloads, note: `accepted: ${lowering.reason}` });
    }
  }
  return { notes, issues: [...issues, ...unusedAcceptances(target, table, model, accepted)] };
}

function refusal(
  target: string,
  model: ApplicationModel,
  workload: Workload,
  field: keyof Workload,
  { reason, fix }: { readonly reason: string; readonly fix: string },
): Issue {
  return {
    path: `${model.name}/${workload.name}`,
    field: `${field} on ${target}`,
    got: workload[field],
    write: `${fix}, or accept: ['${field}'] in environment ${model.environment} (${reason})`,
  };
}

function unusedAcceptances<Fragment, Context>(
  target: string,
  table: LoweringTable<Fragment, Context>,
  model: ApplicationModel,
  accepted: readonly (keyof Workload)[],
): Issue[] {
  const used = entries(table)
    .filter(
      ([field, lowering]) =>
        lowering.support === 'refused' &&
        model.workloads.some((workload) => lowering.when(workload[field], workload)),
    )
    .map(([field]) => field);
  return accepted
    .filter((field) => !used.includes(field))
    .map((field) => ({
      path: `${model.name} (${model.environment})`,
      field: 'accept',
      got: field,
      write: `nothing: no component uses what ${target} refuses of ${field}`,
    }));
}
