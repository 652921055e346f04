import type { Workload } from '../model/workload';

/** Workloads after everything that they wait for, or the names around a cycle. */
export type StartOrder =
  | { readonly kind: 'ordered'; readonly workloads: readonly Workload[] }
  | { readonly kind: 'cycle'; readonly names: readonly string[] };

/** Sorts workloads so that each comes after those it waits for, and otherwise as they were given. */
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
