import type { PlannedImage } from '../model/image';
import { needsOf } from '../model/needs';
import { everyAddress, portText, type Connection } from '../model/network';
import type { ApplicationModel } from '../model/workload';
import type { Planned } from './plan';

/**
 * A plan in a few lines, for reviews of a change: it names what exists, without its settings. It has the same shape on
 * every target. Each list is sorted and has no duplicates. It contains names of secrets, but no values.
 * @example
 * {
 *   objects: ['container backend', 'container proxy', 'network proxy.backend', 'network proxy_publish'],
 *   edges: ['proxy -> backend:8000'],
 *   published: ['proxy: 8080 on the host'],
 *   images: ['nginxinc/nginx-unprivileged:1.29 (proxy)', 'registry.example.com/shop:1.0 (backend)'],
 *   secrets: ['API_KEY'],
 *   needs: [],
 * }
 */
export interface PlanSummary {
  /**
   * All objects, by kind and name. Some names end with a hash of the content; it is left out here.
   * @example ['Deployment backend', 'Service backend', 'StatefulSet database']
   */
  readonly objects: readonly string[];
  /**
   * Which component may connect to which one, and to which port. Connections to the outside are listed with the
   * permitted address ranges: `internet` stands for every host. The list comes from the references of the application: a change by an override is not in
   * it, only in the note of the override.
   * @example ['backend -> api.example.com:443 (any public address)', 'backend -> database:5432', 'backend -> dns:53/udp']
   */
  readonly edges: readonly string[];
  /**
   * The published ports by component. Examples on Kubernetes: `proxy: 80 on a load balancer` and
   * `proxy: 30080 on every node`.
   * @example ['proxy: 80 on the host']
   */
  readonly published: readonly string[];
  /**
   * The images, pinned as in the plan, and the components that run them. On Kubernetes, a component that waits for
   * another one also runs the image of the other, to check whether it is ready.
   * @example ['postgres:17.5 (backend, database)', 'registry.example.com/shop:1.0 (backend)']
   */
  readonly images: readonly string[];
  /**
   * The names of all secrets.
   * @example ['API_KEY', 'DATABASE_PASSWORD']
   */
  readonly secrets: readonly string[];
  /**
   * What components need beyond the hardened defaults.
   * @example ['web: low-ports (listens at port 80)']
   */
  readonly needs: readonly string[];
}

/** The summary of a plan. It includes what overrides have added. */
export function summaryOf({ target: { contents }, model, plan }: Planned): PlanSummary {
  return {
    objects: lines(contents.objects(plan)),
    edges: lines(edgesOf(model)),
    published: lines(contents.published(plan)),
    images: lines(imageLines(contents.images(plan))),
    secrets: lines(model.secrets),
    needs: lines(needLines(model)),
  };
}

function needLines({ workloads }: ApplicationModel): string[] {
  return workloads.flatMap((workload) =>
    needsOf(workload).map(({ name, words }) => `${workload.name}: ${name} (${words})`),
  );
}

function edgesOf({ workloads }: ApplicationModel): string[] {
  return workloads.flatMap(({ name, connections }) =>
    connections.map((connection) => `${name} -> ${endOf(connection)}`),
  );
}

function endOf(connection: Connection): string {
  switch (connection.kind) {
    case 'workload':
      return `${connection.workload}:${portText(connection.port, connection.protocol)}`;
    case 'external':
      return `${connection.host}:${portText(connection.port, connection.protocol)} (${openTo(connection.addresses)})`;
    case 'internet':
      return `internet:${portText(connection.port, connection.protocol)} (${openTo(connection.addresses)})`;
    case 'host':
      return `${connection.name}:${portText(connection.port, connection.protocol)} (the Docker host)`;
  }
}

function openTo(addresses: readonly string[]): string {
  const open = addresses.map((block) => (everyAddress.includes(block) ? 'any public address' : block));
  return [...new Set(open)].join(', ');
}

function imageLines(used: readonly PlannedImage[]): string[] {
  return used.map(({ name }) => {
    const users = used.filter((other) => other.name === name).map(({ workload }) => workload);
    return `${name} (${lines(users).join(', ')})`;
  });
}

function lines(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
