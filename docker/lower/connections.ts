import type { Connection } from '../../constructs/model/network';
import { callersOf, type ApplicationModel, type Workload } from '../../constructs/model/workload';
import type { Attachment, Container } from '../container';

/**
 * Makes a network for each caller of a workload. Only the caller and the called workload are in it, and only the called one
 * has a name there. A workload that connects to the outside gets one more network.
 */
export function attachNetworks(
  connections: readonly Connection[],
  { name }: Workload,
  model: ApplicationModel,
): Pick<Container, 'networks'> {
  const out = connections.some(({ kind }) => kind === 'external');
  const called = connections.flatMap((connection) =>
    connection.kind === 'workload' ? [connection.workload] : [],
  );
  const callers = callersOf(model, name);
  const edge = (from: string, to: string, aliases: readonly string[]): Attachment => ({
    network: { name: `${from}.${to}`, kind: 'edge' },
    aliases,
  });
  return {
    networks: [
      ...[...new Set(called)].filter((callee) => callee !== name).map((callee) => edge(name, callee, [])),
      ...callers.map((caller) => edge(caller.name, name, [name])),
      ...(out ? [{ network: { name: `${name}_outbound`, kind: 'outbound' } as const, aliases: [] }] : []),
    ],
  };
}
