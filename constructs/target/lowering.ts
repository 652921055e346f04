import type { Issue } from '../issue';
import type { ApplicationModel, Workload } from '../model/workload';

/** Turns one field of a workload into a part of the target's output. */
type Lower<Value, Fragment, Context> = (value: Value, workload: Workload, context: Context) => Fragment;

/** How well a target carries one field of the model. */
export type Support<Value> =
  /** With the same meaning. */
  | { readonly support: 'native' }
  /** By other means, of which the note tells, for the values that `when` picks. */
  | {
      readonly support: 'emulated';
      readonly when: (value: Value, workload: Workload) => boolean;
      readonly note: string;
    }
  /** By other means, as above, and not at all beyond what they can, unless the environment accepts it. */
  | {
      readonly support: 'limited';
      readonly when: (value: Value, workload: Workload) => boolean;
      readonly note: string;
      readonly beyond: (value: Value, workload: Workload) => Beyond;
      readonly reason: string;
    }
  /** Not at all, for the values that `when` picks, unless the environment accepts it. */
  | {
      readonly support: 'refused';
      readonly when: (value: Value, workload: Workload) => boolean;
      readonly reason: string;
      readonly fix: string;
    };

/** How well a target carries one field, and what it becomes there. */
export type Lowering<Value, Fragment, Context> = Support<Value> & {
  readonly lower: Lower<Value, Fragment, Context>;
};

/** Whether a value is beyond what a target can do, and then what it is and what to write instead, with numbers. */
export type Beyond =
  { readonly kind: 'no' } | { readonly kind: 'yes'; readonly got: unknown; readonly fix: string };

/**
 * What a target does with every field of a workload. A new field of the model breaks every target at compile
 * time, until its table says what becomes of it.
 */
export type LoweringTable<Fragment, Context> = {
  readonly [Field in keyof Workload]: Lowering<Workload[Field], Fragment, Context>;
};

/** How well a target carries every field, which is what reports and reviews need of its table. */
export type SupportTable = { readonly [Field in keyof Workload]: Support<Workload[Field]> };

/** A field that was lowered by other means, or an override, and the workloads that it is about. */
export interface Note {
  /** A field of the model, the environment's source of secrets, or an override. */
  readonly field: keyof Workload | 'secrets' | 'override';
  readonly workloads: readonly string[];
  readonly note: string;
}

/** What of an application does not mean the same on a target. */
export interface Review {
  readonly notes: readonly Note[];
  readonly issues: readonly Issue[];
}

function entries<Entry>(table: Readonly<Record<keyof Workload, Entry>>): [keyof Workload, Entry][] {
  return Object.entries(table) as [keyof Workload, Entry][];
}

/** Lowers every field of a workload, in the table's order. */
export function lower<Fragment, Context>(
  table: LoweringTable<Fragment, Context>,
  workload: Workload,
  context: Context,
): Fragment[] {
  // One entry for each field: the value that it is given is of the type that it takes.
  const all = entries(table as Readonly<Record<keyof Workload, Lowering<unknown, Fragment, Context>>>);
  return all.map(([field, { lower: lowerField }]) => lowerField(workload[field], workload, context));
}

/** Something that does not mean the same on a target, for one workload. */
export type LoweringFinding = {
  /** The field that an environment accepts it by. */
  readonly name: keyof Workload;
  readonly workload: string;
  /** Where in the workload it is. */
  readonly field: string;
  readonly got: unknown;
} & (
  | { readonly support: 'emulated'; readonly note: string }
  | { readonly support: 'refused'; readonly reason: string; readonly fix: string }
);

/** Finds what a table emulates or refuses of an application. */
function findings(table: SupportTable, model: ApplicationModel): LoweringFinding[] {
  return entries(table as Readonly<Record<keyof Workload, Support<unknown>>>).flatMap(([name, support]) =>
    model.workloads.flatMap((workload) => findingsOf(name, support, workload)),
  );
}

function findingsOf(name: keyof Workload, lowering: Support<unknown>, workload: Workload): LoweringFinding[] {
  if (lowering.support === 'native') return [];
  const got = workload[name];
  const place = { name, field: name, workload: workload.name, got };
  const picked: LoweringFinding[] = lowering.when(got, workload) ? [{ ...place, ...saidBy(lowering) }] : [];
  if (lowering.support !== 'limited') return picked;
  const beyond = lowering.beyond(got, workload);
  if (beyond.kind === 'no') return picked;
  const { reason } = lowering;
  return [...picked, { ...place, got: beyond.got, support: 'refused', reason, fix: beyond.fix }];
}

function saidBy(lowering: Exclude<Support<unknown>, { support: 'native' }>) {
  if (lowering.support === 'refused') return lowering;
  return { support: 'emulated', note: lowering.note } as const;
}

/**
 * Finds what a table emulates or refuses of an application, and acceptances that nothing uses.
 * @param others what was found elsewhere, such as by the table of a proxy
 */
export function review(
  target: string,
  table: SupportTable,
  model: ApplicationModel,
  accepted: readonly (keyof Workload)[],
  others: readonly LoweringFinding[] = [],
): Review {
  const found = [...findings(table, model), ...others];
  const notes = new Map<string, Note>();
  const issues: Issue[] = [];
  for (const finding of found) {
    const { name, workload } = finding;
    if (finding.support === 'refused' && !accepted.includes(name)) {
      issues.push(refusal(target, model, finding));
      continue;
    }
    const note = finding.support === 'emulated' ? finding.note : `accepted: ${finding.reason}`;
    const before = notes.get(`${name} ${note}`)?.workloads ?? [];
    notes.set(`${name} ${note}`, { field: name, workloads: [...new Set([...before, workload])], note });
  }
  return {
    notes: [...notes.values()],
    issues: [...issues, ...unusedAcceptances(target, found, model, accepted)],
  };
}

function refusal(
  target: string,
  model: ApplicationModel,
  { name, workload, field, got, reason, fix }: LoweringFinding & { readonly support: 'refused' },
): Issue {
  return {
    path: `${model.name}/${workload}`,
    field: `${field} on ${target}`,
    got,
    write: `${fix}, or accept: ['${name}'] in environment ${model.environmentName} (${reason})`,
  };
}

function unusedAcceptances(
  target: string,
  found: readonly LoweringFinding[],
  model: ApplicationModel,
  accepted: readonly (keyof Workload)[],
): Issue[] {
  const used = found.filter(({ support }) => support === 'refused').map(({ name }) => name);
  return accepted
    .filter((field) => !used.includes(field))
    .map((field) => ({
      path: `${model.name} (${model.environmentName})`,
      field: 'accept',
      got: field,
      write: `nothing: no component uses what ${target} refuses of ${field}`,
    }));
}
