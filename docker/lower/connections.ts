import type { Connection } from '../../constructs/model/network';
import { dockerHost } from '../../constructs/model/outside';
import { publications } from '../../constructs/model/publication';
import { callersOf, type ApplicationModel, type Workload } from '../../constructs/model/workload';
import type { Lowering } from '../../constructs/target/lowering';
import type { Attachment, Container } from '../container';

/** How Docker connects containers. */
export const loweringOfConnections = {
  support: 'emulated',
  differences: [
    {
      when: (connections, workload) => connections.length > 0 || publications(workload).length > 0,
      note:
        'Each reference has a network of its own with both ends in it. There, each end, and each replica of it, can ' +
        'connect to any port of the others. A reference to the outside opens the whole outside, including the metadata ' +
        'address of a cloud, and the host. A published port opens the host as well, and lets packets out that get no ' +
        'answer',
    },
    {
      when: (connections) => connections.some(({ kind }) => kind === 'internet' || kind === 'host'),
      note:
        'Networks of Docker cannot filter: internet and a HostProgram open every port of every address outside, including ' +
        'the metadata address of a cloud, private networks, and the host',
    },
  ],
  lower: attachNetworks,
} satisfies Lowering<Workload['connections'], Partial<Container>, ApplicationModel>;

/**
 * Makes a network for each caller of a workload. Only the caller and the called workload are in it, and only the called one
 * has a name there. A workload that connects to the outside, or to the Docker host, gets one more network. The host has an
 * address in that network, and the name by which the engine tells its address: `host-gateway`.
 * @see https://docs.docker.com/reference/cli/docker/container/run/#add-host
 */
function attachNetworks(
  connections: readonly Connection[],
  { name }: Workload,
  model: ApplicationModel,
): Pick<Container, 'networks' | 'engine'> {
  const out = connections.some(({ kind }) => kind !== 'workload');
  const toHost = connections.some(({ kind }) => kind === 'host');
  const called = connections.flatMap((connection) =>
    connection.kind === 'workload' ? [connection.workload] : [],
  );
  const callers = callersOf(model, name);
  const edge = (from: string, to: string, aliases: readonly string[]): Attachment => ({
    network: { name: `${from}.${to}`, kind: 'edge' },
    aliases,
  });
  return {
    engine: toHost ? { hosts: { [dockerHost]: 'host-gateway' } } : {},
    networks: [
      ...[...new Set(called)].filter((callee) => callee !== name).map((callee) => edge(name, callee, [])),
      ...callers.map((caller) => edge(caller.name, name, [name])),
      ...(out ? [{ network: { name: `${name}_outbound`, kind: 'outbound' } as const, aliases: [] }] : []),
    ],
  };
}
