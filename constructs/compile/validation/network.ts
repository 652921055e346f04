import { isIPv4 } from 'node:net';
import { gateConnections } from '../../model/gate';
import { portNameProblem } from '../../model/name';
import { blockHint, isAddress, isBlock, portText, type Port } from '../../model/network';
import { blockProblem } from '../../model/outside';
import { publications, publicNames } from '../../model/publication';
import { unique } from '../../model/sorted';
import type { ApplicationModel, Workload } from '../../model/workload';
import { checkNumber, type Report } from '../../target/report';
import { wordOf } from '../../values/reference';

/** Reports what is wrong with the ports and connections of a workload. */
export function networkIssues(workload: Workload, report: Report, model: ApplicationModel): void {
  portIssues(workload, report);
  exposureIssues(workload, report);
  publicNameIssues(model, workload, report);
  connectionIssues(workload, report);
  gateIssues(model, workload, report);
}

function portIssues({ ports }: Workload, report: Report): void {
  for (const port of ports) {
    checkPort(report, port);
    const problem = portNameProblem(port.name);
    if (problem !== undefined)
      report('ports', port.name, problem, `ports has ${JSON.stringify(port.name)}: write ${problem}`);
  }
  ports.forEach((port, index) => {
    for (const before of ports.slice(0, index)) twinIssues(port, before, report);
  });
}

/** Reports two ports of one name, or of one number and protocol. */
function twinIssues({ name, number, protocol }: Port, before: Port, report: Report): void {
  if (name === before.name) {
    const write = 'another name, or leave port out';
    const sentence = `ports has ${JSON.stringify(name)}, which is the name of port: write ${write}`;
    report('ports', name, write, sentence);
  } else if (number === before.number && protocol === before.protocol) {
    const write = `another number, because ${before.name} has this one`;
    const sentence = `ports.${name} is ${portText(number, protocol)}: write ${write}`;
    report(`ports.${name}`, number, write, sentence);
  }
}

function exposureIssues(workload: Workload, report: Report): void {
  const all = publications(workload).map(({ exposure }) => exposure);
  for (const published of all) {
    checkNumber(report, 'publish', published.port, 1, 65_535);
    if (published.kind === 'node-port') checkNumber(report, 'expose', published.nodePort, 30_000, 32_767);
  }
  const addresses = all.flatMap((one) => (one.kind === 'host-port' ? [one.address] : []));
  for (const address of unique(addresses))
    if (!isIPv4(address))
      report('expose', address, 'an IPv4 address of the host, or 0.0.0.0 for all its addresses');
}

function checkPort(report: Report, { name, number }: Port): void {
  checkNumber(report, name === 'http' ? 'port' : `ports.${name}`, number, 1, 65_535);
}

// Kubernetes publishes `api` with Services of these names.
function publicNameIssues({ workloads }: ApplicationModel, { name: got }: Workload, report: Report): void {
  const published = workloads.find(
    (workload) => publicNames(workload.name).includes(got) && publications(workload).length > 0,
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
    const isInternet = connection.kind === 'internet';
    checkNumber(report, isInternet ? 'internet.ports' : 'port', connection.port, 1, 65_535);
    if (connection.kind === 'host') continue;
    const field = isInternet ? 'internet.addresses' : `addresses of ${connection.name}`;
    blockIssues(connection.addresses, field, report);
  }
}

function unaskable({ name, ports }: Workload, report: Report): void {
  const write =
    ports.length === 0
      ? 'a component with a port, or a migration'
      : `later(() => ${wordOf(name)}.url) for each reference to it, because only a TCP port can be asked whether it is ready`;
  report('waitsFor', name, write);
}

function blockIssues(addresses: readonly string[], field: string, report: Report): void {
  if (addresses.length === 0) report(field, addresses, 'at least one CIDR block');
  for (const block of addresses) {
    const write = isBlock(block) ? blockProblem(block) : blockHintFor(block);
    if (write !== undefined) report(field, block, write);
  }
}

function blockHintFor(text: string): string {
  if (!isAddress(text)) return blockHint;
  return `${text}/${isIPv4(text) ? 32 : 128}, a CIDR block`;
}

// The check of a wait runs in the pod of the workload that waits. There it must reach what it asks: otherwise, the
// workload would wait for ever.
function gateIssues({ workloads }: ApplicationModel, workload: Workload, report: Report): void {
  const own = workload.connections.map((connection) => JSON.stringify(connection));
  for (const { workload: name, until } of workload.after) {
    const dependency = workloads.find((other) => other.name === name);
    if (!dependency) continue;
    if (dependency.gate.kind === 'none' && until !== 'started') unaskable(dependency, report);
    for (const connection of gateConnections(dependency)) {
      if (connection.kind === 'internet' || own.includes(JSON.stringify(connection))) continue;
      const to = connection.kind === 'workload' ? connection.workload : connection.name;
      report(
        'waitsFor',
        name,
        `a connection to port ${connection.port} of ${to} as well, because this component runs the check of ${name}`,
      );
    }
  }
}
