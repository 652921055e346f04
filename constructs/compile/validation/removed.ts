import type { Workload } from '../../model/workload';
import type { Report } from '../../target/report';

// A component that node.tryRemoveChild() has removed is still the target of references to it.
/** Reports what uses components that are not in the application. @param names the names of all components */
export function removedIssues(workload: Workload, names: readonly string[], report: Report): void {
  const used = [
    ...workload.connections.flatMap((one) => (one.kind === 'workload' ? [one.workload] : [])),
    ...workload.after.map((one) => one.workload),
    ...workload.routes.flatMap(({ answer }) =>
      answer.kind === 'forward' ? answer.targets.map((one) => one.workload) : [],
    ),
  ];
  for (const name of new Set(used)) {
    if (names.includes(name)) continue;
    const write = 'keep that component, or remove what uses it';
    report('references', name, write, `this uses ${name}, which is not in the application: ${write}`);
  }
}
