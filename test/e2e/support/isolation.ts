import { publications } from '../../../constructs/model/publication';
import { publicAddresses, type Connection } from '../../../constructs/model/network';
import type { ApplicationModel, Workload } from '../../../constructs/model/workload';

/** What a workload can open connections to, sorted: ports of other workloads, and what is around them. */
export interface Reached {
  /** As `5432`, its own at the loopback address: what shows that a try works. */
  readonly own: readonly string[];
  /** As `database:5432`, by its name or at any address of any of its replicas. */
  readonly workloads: readonly string[];
  /** Those of its references that open by the name that the reference has. */
  readonly byName: readonly string[];
  /** The host, the gateways, other machines, the metadata address, the API server. */
  readonly around: readonly string[];
}

/** What an engine cannot close, in the words of its lowering's note; nothing else is excused. */
export const stated = {
  shared:
    'Each reference has a network of its own with both ends in it. There, each end, and each replica of it, can ' +
    'connect to any port of the others',
  outside:
    'A reference to the outside opens the whole outside, including the metadata address of a cloud, and the host',
  published: 'A published port opens the host as well, and lets packets out that get no answer',
} as const;

type External = Extract<Connection, { readonly kind: 'external' }>;

const externals = ({ connections }: Workload): External[] =>
  connections.filter((connection) => connection.kind === 'external');

/** The ports of other workloads that a workload has references to, those alone. */
export function references({ connections }: Workload): string[] {
  const called = connections.flatMap((connection) =>
    connection.kind === 'workload' ? [`${connection.workload}:${connection.port}`] : [],
  );
  return sorted(called);
}

/** What a pod reaches: its references, and the ports that a reference to the outside opens to all of it. */
export function reachedInCluster(workload: Workload): Omit<Reached, 'own'> {
  const ports = externals(workload)
    .filter(({ addresses }) => addresses.some((block) => publicAddresses.includes(block)))
    .map(({ port }) => `outside:${port}`);
  const own = references(workload);
  return { workloads: own, byName: own, around: sorted(ports) };
}

/**
 * What a container reaches on an engine: its references, and what is stated that cannot be closed.
 * @param around everything that there is around the containers
 */
export function reachedOnEngine(
  workload: Workload,
  { workloads }: ApplicationModel,
  around: readonly string[],
): Omit<Reached, 'own'> {
  const ways = [
    ...(externals(workload).length > 0 ? [/^(?:host|gateway|outside|metadata):/] : []),
    ...(publications(workload).length === 0 ? [] : [/^(?:host|gateway):/]),
  ];
  return {
    byName: references(workload),
    workloads: sorted(
      workloads
        .filter((other) => shareNetwork(workload, other))
        .flatMap(({ name, ports }) => ports.map(({ number }) => `${name}:${number}`)),
    ),
    around: sorted(around.filter((label) => ways.some((way) => way.test(label)))),
  };
}

/** The sentences that have to be among an environment's notes, as what they state is excused. */
export function excuses({ workloads }: ApplicationModel): string[] {
  const connected = workloads.some(({ connections }) => connections.some(({ kind }) => kind === 'workload'));
  return [
    ...(connected ? [stated.shared] : []),
    ...(workloads.some((workload) => externals(workload).length > 0) ? [stated.outside] : []),
    ...(workloads.some((workload) => publications(workload).length > 0) ? [stated.published] : []),
  ];
}

// Replicas of one workload are in the same networks.
function shareNetwork(left: Workload, right: Workload): boolean {
  return left.name === right.name ? left.replicas > 1 : calls(left, right) || calls(right, left);
}

function calls({ connections }: Workload, { name }: Workload): boolean {
  return connections.some((connection) => connection.kind === 'workload' && connection.workload === name);
}

/** Each once, in order. */
export function sorted(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort();
}
