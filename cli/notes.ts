import type { Note } from '../constructs/target/lowering';
import { grey, yellow } from './style';

/** The notes of one application in one environment. */
export interface PlanNotes {
  readonly application: string;
  readonly environmentName: string;
  readonly notes: readonly Note[];
}

/** The components that a note is about, by environment. */
type Places = Map<string, readonly string[]>;

/** The lines to print for notes. Each note of an application is printed once, with its environments and components below. */
export function noteLines(plans: readonly PlanNotes[]): string[] {
  const applications = new Map<string, PlanNotes[]>();
  for (const plan of plans) {
    const others = applications.get(plan.application);
    if (others) others.push(plan);
    else applications.set(plan.application, [plan]);
  }
  const lines = [...applications].flatMap(([name, own]) => applicationLines(name, own));
  return lines.length > 0 ? [...lines, ''] : [];
}

function applicationLines(name: string, plans: readonly PlanNotes[]): string[] {
  const all = new Map<string, Places>();
  for (const { environmentName, notes } of plans)
    for (const { field, workloads, note } of notes) {
      const text = `${yellow(field)}: ${note}`;
      const places = all.get(text) ?? new Map<string, readonly string[]>();
      all.set(text, places.set(environmentName, [...(places.get(environmentName) ?? []), ...workloads]));
    }
  const lines = [...all].flatMap(([text, places]) => [
    `  ${text}`,
    ...placeLines(places, plans.length).map((line) => grey(`    ${line}`)),
  ]);
  return lines.length > 0 ? ['', `Notes on ${name}:`, ...lines] : [];
}

/** One line for all environments in which a note is about the same components. */
function placeLines(places: Places, environmentCount: number): string[] {
  const environments = new Map<string, string[]>();
  for (const [environment, workloads] of places) {
    const components = [...new Set(workloads)].join(', ');
    environments.set(components, [...(environments.get(components) ?? []), environment]);
  }
  return [...environments].map(([components, names]) => {
    const everywhere = environmentCount > 1 && names.length === environmentCount;
    return `in ${everywhere ? 'all environments' : names.join(', ')}: ${components}`;
  });
}
