import type { Planned } from './plan';
import { grey, yellow } from './style';

/** Where a note holds: the environments, and the components there. */
type Places = Map<string, readonly string[]>;

/**
 * The notes of plans, by application, for people to read. Each note is there once, with the places that it holds for
 * under it.
 */
export function noteLines(plans: readonly Planned[]): string[] {
  const names = [...new Set(plans.map(({ application }) => application.name))];
  const lines = names.flatMap((name) =>
    linesOf(plans.filter(({ application }) => application.name === name)),
  );
  return lines.length > 0 ? [...lines, ''] : [];
}

function linesOf(plans: readonly Planned[]): string[] {
  const places = new Map<string, Places>();
  for (const { application, notes } of plans)
    for (const { field, workloads, note } of notes) {
      const text = `${yellow(field)}: ${note}`;
      const before = places.get(text) ?? new Map<string, readonly string[]>();
      const { name } = application.environment;
      places.set(text, before.set(name, [...(before.get(name) ?? []), ...workloads]));
    }
  if (places.size === 0) return [];
  const [name] = plans.map(({ application }) => application.name);
  const all = plans.map(({ application }) => application.environment.name);
  return [
    '',
    `Notes on ${name}:`,
    ...[...places].flatMap(([text, where]) => [
      `  ${text}`,
      ...placeLines(where, all).map((line) => grey(`    ${line}`)),
    ]),
  ];
}

/** One line for all environments that a note holds for in the same components. */
function placeLines(places: Places, all: readonly string[]): string[] {
  const environments = new Map<string, string[]>();
  for (const [environment, workloads] of places) {
    const components = [...new Set(workloads)].join(', ');
    environments.set(components, [...(environments.get(components) ?? []), environment]);
  }
  return [...environments].map(([components, names]) => {
    const everywhere = all.length > 1 && names.length === all.length;
    return `in ${everywhere ? 'all environments' : names.join(', ')}: ${components}`;
  });
}
