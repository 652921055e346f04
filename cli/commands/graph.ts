import type { Application } from '../../constructs/components/application';
import { compile } from '../../constructs/compile/compile';
import { targetFor } from '../../constructs/pipeline/plan';
import type { Target } from '../../constructs/target/target';
import { portText, type Connection } from '../../constructs/model/network';
import { publications } from '../../constructs/model/publication';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import { forEachApplication, select } from '../project/select';
import { defineCommand } from '../command';
import { application, environment } from '../command-words';

/** Draws applications as Mermaid flowcharts, which GitHub and GitLab show as pictures. */
export const graph = defineCommand({
  name: 'graph',
  summary: 'Draw the components of applications and their connections, as Mermaid flowcharts',
  arguments: { application },
  options: { environment },
  examples: ['catamaran graph', 'catamaran graph shop --environment dev'],
  run({ application, environment }, { project, targets }) {
    const selected = select(project, { application, environment });
    console.log(forEachApplication(selected, (one) => draw(one, targetFor(one, targets))).join('\n'));
  },
});

function draw(application: Application, target: Target): string {
  const model = compile(application, target);
  const lines = [
    ...model.workloads.flatMap((workload) => [box(workload), ...arrows(workload)]),
    ...outside(model),
  ];
  const title = `---\ntitle: ${model.name} in ${model.environmentName} on ${target.name}\n---`;
  return `${title}\nflowchart LR\n${[...new Set(lines)].map((line) => `  ${line}\n`).join('')}`;
}

function box({ name, replicas, run }: Workload): string {
  const label = replicas > 1 ? `${name} x${replicas}` : name;
  const shapes = {
    service: `["${label}"]`,
    stateful: `[("${label}")]`,
    once: `{{"${label}"}}`,
    scheduled: `(["${label}"])`,
  };
  return `${name}${shapes[run]}`;
}

// A solid arrow is a permission to connect. A dotted arrow is a start order without a connection.
function arrows(workload: Workload): string[] {
  const { name, connections, after } = workload;
  const to = [...new Set(connections.map(endOf))];
  const waits = after.map(({ workload }) => workload).filter((workload) => !to.includes(workload));
  const published = publications(workload).map(
    ({ exposure, port }) => `visitors(("visitors")) -->|"${portText(exposure.port, port.protocol)}"| ${name}`,
  );
  return [
    ...published,
    ...connections.map((connection) => `${name} -->${protocolLabel(connection)} ${endOf(connection)}`),
    ...waits.map((other) => `${name} -.->|after| ${other}`),
  ];
}

function endOf(connection: Connection): string {
  if (connection.kind === 'workload') return connection.workload;
  // Names of components have no underscore.
  return connection.kind === 'internet' ? 'the_internet' : `outside-${connection.name}`;
}

function protocolLabel(connection: Connection): string {
  if (connection.kind !== 'workload' || connection.protocol === 'tcp') return '';
  return `|"${portText(connection.port, connection.protocol)}"|`;
}

function outside({ workloads }: ApplicationModel): string[] {
  return workloads
    .flatMap(({ connections }) => connections)
    .flatMap((connection) =>
      connection.kind === 'workload' ? [] : [`${endOf(connection)}[/"${titleOf(connection)}"/]`],
    );
}

function titleOf(connection: Exclude<Connection, { readonly kind: 'workload' }>): string {
  switch (connection.kind) {
    case 'external':
      return connection.host;
    case 'internet':
      return 'the internet';
    case 'host':
      return `${connection.name} on the Docker host`;
  }
}
