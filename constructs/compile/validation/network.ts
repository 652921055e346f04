import { isIPv4, SocketAddress } from 'node:net';
import { publications } from '../../model/publication';
import type { ApplicationModel, Workload } from '../../model/workload';
import { within, type Report } from '../../target/report';

/** What is wrong with the ports and connections of a workload. */
export function networkIssues(workload: Workload, report: Report, model: ApplicationModel): void {
  exposureIssues(model, workload, report);
  connectionIssues(workload, report);
  gateIssues(model, workload, report);
}

function exposureIssues({ workloads }: ApplicationModel, workload: Workload, report: Report): void {
  const { name, ports, exposure } = workload;
  for (const { number } of ports) within(report, 'port', number, 1024, 65_535);
  if (exposure.kind === 'internal') return;
  for (const { exposure: published } of publications(workload)) {
    within(report, 'publish', published.port, 1, 65_535);
    if (published.kind === 'node-port') within(report, 'expose', published.nodePort, 30_000, 32_767);
  }
  if (exposure.kind === 'host-port' && !isIPv4(exposure.address))
    report('expose', exposure.address, 'an IPv4 address of the host, or 0.0.0.0 for all of them');
  // The Service for the outside is named after the component.
  if (workloads.some((other) => other.name === `${name}-public`))
    report(
      'publish',
      exposure.port,
      `another name for ${name}-public, which is that of the published ${name}`,
    );
}

// An empty list would mean every destination to Kubernetes.
function connectionIssues({ connections }: Workload, report: Report): void {
  for (const connection of connections) {
    within(report, 'port', connection.port, 1, 65_535);
    if (connection.kind === 'workload') continue;
    const { name, addresses } = connection;
    if (addresses.length === 0) report(`addresses of ${name}`, addresses, 'at least one CIDR block');
    for (const block of addresses)
      if (!isBlock(block)) report(`addresses of ${name}`, block, 'a CIDR block, such as 10.20.0.0/16');
  }
}

function isBlock(block: string): boolean {
  const [address = '', bits = '', ...others] = block.split('/');
  const most = isIPv4(address) ? 32 : 128;
  const known = isIPv4(address) || isIPv6(address);
  return known && others.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

// The regular expression of Node's own isIPv6 is so long that its first use takes some milliseconds.
function isIPv6(address: string): boolean {
  if (!/^[\da-f:.]+$/i.test(address)) return false;
  try {
    return new SocketAddress({ address, family: 'ipv6' }).family === 'ipv6';
  } catch {
    return false;
  }
}

// A migration's check runs in the pod of the dependent, with the connections of the dependent.
function gateIssues({ workloads }: ApplicationModel, workload: Workload, report: Report): void {
  const own = workload.connections.map((connection) => JSON.stringify(connection));
  for (const { workload: name, until } of workload.after) {
    const dependency = workloads.find((other) => other.name === name);
    if (dependency?.gate.kind === 'none')
      report('waitsFor', name, 'a component that can be asked whether it is ready, or a migration');
    if (!dependency || until !== 'completed') continue;
    for (const connection of dependency.connections) {
      if (own.includes(JSON.stringify(connection))) continue;
      const to = connection.kind === 'workload' ? connection.workload : connection.name;
      report('waitsFor', name, `a reference to ${to} as well: the check of ${name} connects to it`);
    }
  }
}
