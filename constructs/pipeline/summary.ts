import type { PlannedImage } from '../model/image';
import { publicAddresses, type Connection } from '../model/network';
import type { ApplicationModel } from '../model/workload';
import type { Planned } from './plan';

/**
 * A plan in a few lines, for those who review a change: what there is, and not how it is set. It has the same
 * shape on both targets. Each list is sorted and names a thing once. There are names of secrets in it, and no values.
 * @example
 * {
 *   objects: ['container backend', 'container proxy', 'network proxy.backend', 'network proxy_publish'],
 *   edges: ['proxy -> backend:8000'],
 *   published: ['proxy: 8080 on the host'],
 *   images: ['nginxinc/nginx-unprivileged:1.29 (proxy)', 'registry.example.com/shop:1.0 (backend)'],
 *   secrets: ['API_KEY'],
 * }
 */
export interface PlanSummary {
  /**
   * What is made, by kind and name; names are without the hash that some end with, which changes with the content.
   * @example ['Deployment backend', 'Service backend', 'StatefulSet database']
   */
  readonly objects: readonly string[];
  /**
   * Who may open connections to whom, at which port; to the outside, with the blocks of addresses that are open.
   * These are the references of the application: what an override changes of them is told by its note alone.
   * @example ['backend -> api.example.com:443 (any public address)', 'backend -> database:5432']
   */
  readonly edges: readonly string[];
  /**
   * Where visitors come in, by component. In a cluster: `proxy: 80 on a load balancer` or `proxy: 30080 on every node`.
   * @example ['proxy: 80 on the host']
   */
  readonly published: readonly string[];
  /**
   * What is run, pinned as it is in the plan, and by which components. A component that waits for another in a
   * cluster runs the image of the other as well, to ask whether it is ready.
   * @example ['postgres:17.5 (backend, database)', 'registry.example.com/shop:1.0 (backend)']
   */
  readonly images: readonly string[];
  /**
   * The names of the secrets that are read.
   * @example ['API_KEY', 'DATABASE_PASSWORD']
   */
  readonly secrets: readonly string[];
}

/** The summary of a plan. What overrides have added is in it. */
export function summaryOf({ target: { contents }, model, plan }: Planned): PlanSummary {
  return {
    objects: lines(contents.objects(plan)),
    edges: lines(edgesOf(model)),
    published: lines(contents.published(plan)),
    images: lines(imageLines(contents.images(plan))),
    secrets: lines(model.secrets),
  };
}

function edgesOf({ workloads }: ApplicationModel): string[] {
  return workloads.flatMap(({ name, connections }) =>
    connections.map((connection) => `${name} -> ${endOf(connection)}`),
  );
}

function endOf(connection: Connection): string {
  if (connection.kind === 'workload') return `${connection.workload}:${connection.port}`;
  const { host, port, addresses } = connection;
  const open = addresses.map((block) => (publicAddresses.includes(block) ? 'any public address' : block));
  return `${host}:${port} (${open.join(', ')})`;
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
