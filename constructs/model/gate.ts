import type { Connection } from './network';
import type { Workload } from './workload';

/**
 * The connections that the check of a workload opens, from the pod of a workload that waits for it. A check of HTTP or
 * TCP asks one port. The command of a migration asks what the migration itself has references to. Any other command asks the
 * ports of its workload. A way out that the migration asks for, to the internet or the Docker host, is not passed on: a
 * component has it only if it says so itself.
 */
export function gateConnections({ name, run, gate, ports, connections }: Workload): readonly Connection[] {
  if (gate.kind !== 'check') return [];
  const { check } = gate;
  if (check.kind !== 'command')
    return [{ kind: 'workload', workload: name, port: check.port, protocol: 'tcp' }];
  if (run === 'once') return connections.filter(({ kind }) => kind === 'workload' || kind === 'external');
  return ports.map(({ number: port, protocol }) => ({ kind: 'workload', workload: name, port, protocol }));
}
