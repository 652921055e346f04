import type { EnvironmentSpec } from '../environment/environment';
import type { Issue } from '../issue';
import { featuresOf, type Feature, type Features } from '../model/features';
import { componentPath, environmentPath } from '../model/path';
import type { ApplicationModel } from '../model/workload';
import { entries, type Note, type Review, type Support, type SupportTable } from './lowering';

/** A field of one workload that has another meaning on a target. */
export type LoweringFinding = {
  /** The field of the model, which `accept` of an environment names. */
  readonly name: Feature;
  readonly workload: string;
  /** The field in messages, which may name a part: `routes /api auth`. */
  readonly field: string;
  readonly got: unknown;
} & (
  | { readonly support: 'emulated'; readonly note: string }
  | {
      readonly support: 'refused';
      readonly reason: string;
      readonly fix: string;
      /** Whether an environment can accept that the target leaves it out. @default by its name */
      readonly acceptance?: 'never';
    }
);

/** Finds the fields of an application that a table emulates or refuses. */
function findings(
  table: SupportTable,
  model: ApplicationModel,
  environment: EnvironmentSpec,
): LoweringFinding[] {
  // The cast is safe: each entry gets the value of its own field, and a table gets environments of its own target.
  const workloads = model.workloads.map(featuresOf);
  return entries(table as Readonly<Record<Feature, Support<unknown>>>).flatMap(([name, support]) =>
    workloads.flatMap((workload) => findingsOf(name, support, workload, environment)),
  );
}

function findingsOf(
  name: Feature,
  lowering: Support<unknown>,
  workload: Features,
  environment: EnvironmentSpec,
): LoweringFinding[] {
  if (lowering.support === 'native') return [];
  const got = workload[name];
  const found = { name, field: name, workload: workload.name, got };
  if (lowering.support === 'refused') return lowering.when(got, workload) ? [{ ...found, ...lowering }] : [];
  const emulated = lowering.differences
    .filter(({ when }) => when(got, workload, environment))
    .map(({ note }): LoweringFinding => ({ ...found, support: 'emulated', note }));
  if (lowering.support === 'emulated') return emulated;
  const check = lowering.limit(got, workload);
  if (check.kind === 'within') return emulated;
  const { reason, support } = lowering;
  const refused: LoweringFinding = {
    ...found,
    field: check.field ?? found.field,
    got: check.got,
    support: 'refused',
    reason,
    fix: check.fix,
  };
  return [...emulated, support === 'bounded' ? { ...refused, acceptance: 'never' } : refused];
}

/**
 * Finds the fields of an application that a table emulates or refuses, and fields in `accept` that are not refused.
 * @param target the title of the target, such as `Docker`
 * @param others findings from elsewhere, such as the table of a proxy
 */
export function review(
  target: string,
  table: SupportTable,
  model: ApplicationModel,
  environment: EnvironmentSpec,
  others: readonly LoweringFinding[] = [],
): Review {
  const { accept: accepted } = environment;
  const found = [...findings(table, model, environment), ...others];
  const notes = new Map<string, Note>();
  const issues: Issue[] = [];
  for (const finding of found) {
    const { name, workload } = finding;
    if (finding.support === 'refused' && !(isAcceptable(finding) && accepted.includes(name))) {
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

type Refusal = LoweringFinding & { readonly support: 'refused' };

function isAcceptable({ acceptance }: Refusal): boolean {
  return acceptance === undefined;
}

function refusal(target: string, model: ApplicationModel, refused: Refusal): Issue {
  const { name, workload, field, got, reason, fix } = refused;
  const acceptance = `; or accept this with accept: ['${name}'] in environment ${model.environmentName}`;
  const write = isAcceptable(refused) ? `${fix}${acceptance}` : fix;
  return {
    path: componentPath(model.name, workload),
    field,
    got,
    write,
    sentence: `${told(target, field, got)}: ${reason}. Write ${write}`,
  };
}

function told(target: string, field: string, got: unknown): string {
  const isPlain = typeof got === 'string' || typeof got === 'number' || typeof got === 'boolean';
  return isPlain ? `${field} is ${got}, which ${target} refuses` : `${target} refuses ${field}`;
}

function unusedAcceptances(
  target: string,
  found: readonly LoweringFinding[],
  model: ApplicationModel,
  accepted: readonly Feature[],
): Issue[] {
  const used = found.flatMap((one) => (one.support === 'refused' && isAcceptable(one) ? [one.name] : []));
  return accepted
    .filter((field) => !used.includes(field))
    .map((field) => ({
      path: environmentPath(model.name, model.environmentName),
      field: 'accept',
      got: field,
      write: 'only fields that are refused',
      sentence: `accept names '${field}', but ${target} refuses ${field} of no component: remove it`,
    }));
}
