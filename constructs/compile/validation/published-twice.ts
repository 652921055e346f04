import { portText, sharedPort } from '../../model/network';
import { componentPath } from '../../model/path';
import { publications, publicServices, type Publication } from '../../model/publication';
import type { ApplicationModel, Workload } from '../../model/workload';
import type { Report } from '../../target/report';

/** Who has a port already. */
interface Owner {
  readonly workload: string;
  readonly port: Publication['port'];
}

/** Reports ports of the host or of the nodes, and ports of a public Service, that are published twice. */
export function publishedTwice(
  { name, workloads }: ApplicationModel,
  reporter: (path: string) => Report,
): void {
  const taken = new Map<string, Owner>();
  for (const workload of workloads) {
    const report = reporter(componentPath(name, workload.name));
    for (const publication of publications(workload)) hostIssues(workload, publication, taken, report);
    serviceIssues(workload, report);
  }
}

// One Service of Kubernetes can have the same number of the nodes for TCP and for UDP.
function hostIssues(
  { name: workload }: Workload,
  { exposure, port }: Publication,
  taken: Map<string, Owner>,
  report: Report,
): void {
  const shared = sharedPort(exposure, port.protocol);
  if (shared === undefined) return;
  const first = taken.get(shared.key);
  if (first === undefined) taken.set(shared.key, { workload, port });
  else if (first.workload !== workload || first.port.protocol === port.protocol)
    reportTwice(report, shared.number, port, `because ${first.workload} publishes this one`);
}

function serviceIssues(workload: Workload, report: Report): void {
  for (const { kind, publications: all } of publicServices(workload)) {
    const taken = new Map<string, Owner>();
    for (const { exposure, port } of all) {
      const key = portText(exposure.port, port.protocol);
      const first = taken.get(key);
      if (first === undefined) taken.set(key, { workload: workload.name, port });
      else if (kind === 'load-balancer')
        reportTwice(report, exposure.port, port, `because ${first.port.name} is published there`);
      else {
        const write = `another second argument of nodePort(…), such as ${port.number}, because ${first.port.name} has this port of the Service`;
        report('expose', exposure.port, write, `expose.${port.name} has port ${key}: write ${write}`);
      }
    }
  }
}

function reportTwice(report: Report, got: number, { protocol }: Publication['port'], reason: string): void {
  const write = `another port, ${reason}`;
  report('publish', got, write, `publish is ${portText(got, protocol)}: write ${write}`);
}
