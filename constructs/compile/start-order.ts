import type { Workload } from '../model/workload';

/**
 * The workloads, each after those that it waits for; or the names of workloads that wait for each other in a circle.
 */
export type StartOrder =
  | { readonly kind: 'ordered'; readonly workloads: readonly Workload[] }
  | { readonly kind: 'cycle'; readonly names: readonly string[] };

/** Sorts workloads so that each comes after those that it waits for. Otherwise, it keeps their order. */
export function inStartOrder(workloads: readonly Workload[]): StartOrder {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const done = new Set<Workload>();
  const visit = (workload: Workload, trail: readonly string[]): readonly string[] => {
    if (done.has(workload)) return [];
    const start = trail.indexOf(workload.name);
    if (start >= 0) return trail.slice(start);
    for (const { workload: name } of workload.after) {
      const dependency = byName.get(name);
      const cycle = dependency ? visit(dependency, [...trail, workload.name]) : [];
      if (cycle.length > 0) return cycle;
    }
    done.add(workload);
    return [];
  };
  for (const workload of workloads) {
    const names = visit(workload, []);
    if (names.length > 0) return { kind: 'cycle', names };
  }
  return { kind: 'ordered', workloads: [...done] };
}
