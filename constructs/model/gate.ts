import type { Connection } from './network';
import type { Workload } from './workload';

/**
 * The connections that the check of a workload opens, from the pod of a workload that waits for it. A check of HTTP or
 * TCP asks one port. The command of a migration asks what the migration itself connects to. Any other command asks the
 * ports of its workload.
 */
export function gateConnections({ name, run, gate, ports, connections }: Workload): readonly Connection[] {
  if (gate.kind !== 'check') return [];
  const { check } = gate;
  if (check.kind !== 'command')
    return [{ kind: 'workload', workload: name, port: check.port, protocol: 'tcp' }];
  if (run === 'once') return connections;
  return ports.map(({ number: port, protocol }) => ({ kind: 'workload', workload: name, port, protocol }));
}
