import { isIPv4 } from 'node:net';
import { gateConnections } from '../../model/gate';
import { blockHint, isBlock } from '../../model/network';
import { publications } from '../../model/publication';
import type { ApplicationModel, Workload } from '../../model/workload';
import { checkNumber, type Report } from '../../target/report';

/** Reports what is wrong with the ports and connections of a workload. */
export function networkIssues(workload: Workload, report: Report, model: ApplicationModel): void {
  exposureIssues(workload, report);
  publicNameIssues(model, workload, report);
  connectionIssues(workload, report);
  gateIssues(model, workload, report);
}

function exposureIssues(workload: Workload, report: Report): void {
  const { ports, exposure } = workload;
  for (const { number } of ports) checkNumber(report, 'port', number, 1, 65_535);
  if (exposure.kind === 'internal') return;
  for (const { exposure: published } of publications(workload)) {
    checkNumber(report, 'publish', published.port, 1, 65_535);
    if (published.kind === 'node-port') checkNumber(report, 'expose', published.nodePort, 30_000, 32_767);
  }
  if (exposure.kind === 'host-port' && !isIPv4(exposure.address))
    report('expose', exposure.address, 'an IPv4 address of the host, or 0.0.0.0 for all its addresses');
}

// Kubernetes publishes `api` with a Service named `api-public`.
function publicNameIssues({ workloads }: ApplicationModel, { name: got }: Workload, report: Report): void {
  const published = workloads.find(
    ({ name, exposure }) => exposure.kind !== 'internal' && got === `${name}-public`,
  );
  if (published)
    report(
      'name',
      got,
      'another name',
      `\`${got}\` is reserved for the public Service of \`${published.name}\`: rename this component`,
    );
}

// For Kubernetes, an empty list of addresses means every address.
function connectionIssues({ connections }: Workload, report: Report): void {
  for (const connection of connections) {
    // The port of a workload is checked where the workload is.
    if (connection.kind === 'workload') continue;
    checkNumber(report, 'port', connection.port, 1, 65_535);
    const { name, addresses } = connection;
    if (addresses.length === 0) report(`addresses of ${name}`, addresses, 'at least one CIDR block');
    for (const block of addresses) if (!isBlock(block)) report(`addresses of ${name}`, block, blockHint);
  }
}

// The check of a wait runs in the pod of the workload that waits. There it must reach what it asks: otherwise, the
// workload would wait for ever.
function gateIssues({ workloads }: ApplicationModel, workload: Workload, report: Report): void {
  const own = workload.connections.map((connection) => JSON.stringify(connection));
  for (const { workload: name } of workload.after) {
    const dependency = workloads.find((other) => other.name === name);
    if (!dependency) continue;
    if (dependency.gate.kind === 'none') report('waitsFor', name, 'a component with a port, or a migration');
    for (const connection of gateConnections(dependency)) {
      if (own.includes(JSON.stringify(connection))) continue;
      const to = connection.kind === 'workload' ? connection.workload : connection.name;
      report(
        'waitsFor',
        name,
        `a connection to port ${connection.port} of ${to} as well, because this component runs the check of ${name}`,
      );
    }
  }
}
