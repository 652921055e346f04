import type { Exposure, Port } from './network';
import type { Workload } from './workload';

/** A port of a workload that visitors reach, and how. */
export interface Publication {
  readonly exposure: Exclude<Exposure, { readonly kind: 'internal' }>;
  readonly port: Port;
}

/** How visitors reach a workload, in the order of its ports. */
export function publications({ ports }: Pick<Workload, 'ports'>): Publication[] {
  return ports.flatMap((port) =>
    port.exposure.kind === 'internal' ? [] : [{ exposure: port.exposure, port }],
  );
}

/** Whether a port is published in one of these ways. */
export function isPublishedAt(
  ...kinds: readonly Exposure['kind'][]
): (published: readonly Publication[]) => boolean {
  return (published) => published.some(({ exposure }) => kinds.includes(exposure.kind));
}

/** How visitors reach the first port of a workload. */
export function mainExposure({ ports: [main] }: Pick<Workload, 'ports'>): Exposure {
  return main?.exposure ?? { kind: 'internal' };
}

/** The names that the public Services of a component can have. */
export function publicNames(component: string): string[] {
  return ['public', 'public-udp', 'public-nodes'].map((suffix) => `${component}-${suffix}`);
}

/** The second Service of a workload on Kubernetes, for visitors. */
export interface PublicService {
  readonly name: string;
  readonly kind: 'node-port' | 'load-balancer';
  readonly publications: readonly Publication[];
}

/**
 * The Services that publish a workload on Kubernetes: one for the load balancer of each protocol, because several clouds
 * refuse a load balancer of both; and one for the ports of the nodes, because a cluster gives a number to one Service.
 */
export function publicServices(workload: Pick<Workload, 'name' | 'ports'>): PublicService[] {
  const all = publications(workload);
  const services = [
    { kind: 'load-balancer', suffix: 'public', of: balanced(all, 'tcp') },
    { kind: 'load-balancer', suffix: 'public-udp', of: balanced(all, 'udp') },
    {
      kind: 'node-port',
      suffix: balanced(all, 'tcp').length > 0 ? 'public-nodes' : 'public',
      of: all.filter(({ exposure }) => exposure.kind === 'node-port'),
    },
  ] as const;
  return services.flatMap(({ kind, suffix, of }) =>
    of.length === 0 ? [] : [{ name: `${workload.name}-${suffix}`, kind, publications: of }],
  );
}

function balanced(all: readonly Publication[], protocol: Port['protocol']): Publication[] {
  return all.filter(({ exposure, port }) => exposure.kind === 'load-balancer' && port.protocol === protocol);
}
