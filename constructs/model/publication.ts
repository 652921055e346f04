import type { Exposure, Port } from './network';
import { proxyPorts } from './route';
import type { Workload } from './workload';

/** A port of a workload, and how visitors reach it. */
export interface Publication {
  readonly exposure: Exclude<Exposure, { readonly kind: 'internal' }>;
  readonly port: Port;
}

/** How visitors reach a workload: at its first port, and at a port for plain HTTP that redirects to HTTPS. */
export function publications({ exposure, ports, tls }: Workload): Publication[] {
  const [first] = ports;
  if (!first || exposure.kind === 'internal') return [];
  const plain = ports.find(({ number }) => number === proxyPorts.http);
  if (!plain || tls.kind === 'none' || tls.redirectFrom === 'none') return [{ exposure, port: first }];
  return [
    { exposure, port: first },
    { exposure: atPort(exposure, tls.redirectFrom), port: plain },
  ];
}

function atPort(exposure: Publication['exposure'], port: number): Publication['exposure'] {
  return exposure.kind === 'node-port'
    ? { ...exposure, port: proxyPorts.http, nodePort: port }
    : { ...exposure, port };
}
