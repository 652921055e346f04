import type { Exposure } from '../model/network';
import { checkCall } from '../shape/call';
import { isPlainMapping } from '../model/data';
import type { Kind } from '../shape/kind';
import { recordOf } from '../shape/lists';
import { variant } from '../shape/object';
import { anyPort } from '../shape/numbers';
import { number, text } from '../shape/words';
import { opaque } from '../values/opaque';

const portOfNodes = number('a whole number from 30000 to 32767');
const anyAddress = text("an IPv4 address, such as '127.0.0.1'");

/**
 * How a component is published: its main port, or ports by their names.
 * @param functionName the function that an environment usually calls
 */
export function exposeKind(
  functionName: 'hostPort' | 'loadBalancer',
): Kind<Exposure | Readonly<Record<string, Exposure>>> {
  const single = exposureKind(functionName);
  const byName = recordOf(single, `${functionName}(8080)`);
  return {
    optional: false,
    check: (value, field, problems) => {
      const isByName =
        isPlainMapping(value) && Object.values(value).some(isPlainMapping) && value['kind'] === undefined;
      (isByName ? byName : single).check(value, field, problems);
    },
  };
}

function exposureKind(functionName: 'hostPort' | 'loadBalancer'): Kind<Exposure> {
  return variant<Exposure>(
    {
      internal: {},
      'host-port': { port: anyPort, address: anyAddress },
      'node-port': { port: anyPort, nodePort: portOfNodes },
      'load-balancer': { port: anyPort },
    },
    (value) => `${functionName}(${portIn(value)})`,
  );
}

function portIn(value: unknown): number {
  const port: unknown = isPlainMapping(value) ? value['port'] : value;
  return /^\d{1,5}$/.test(typeof port === 'string' || typeof port === 'number' ? String(port) : '')
    ? Number(port)
    : 8080;
}

/**
 * Publishes a component at a port of the Docker host.
 *
 * @param port the port of the host, from 1 to 65535
 * @param address the address of the host to listen at. With `127.0.0.1`, only programs on the host can connect.
 *   @default 0.0.0.0, every IPv4 address of the host; 127.0.0.1 for a database, cache or search engine
 * @throws IssuesError if an argument has the wrong type
 * @example docker({ components: { proxy: { expose: hostPort(8080, '127.0.0.1') } } })
 */
export function hostPort(port: number, address?: string): HostPort {
  const made: HostPort = { kind: 'host-port', port, address: address ?? '0.0.0.0' };
  checkCall('hostPort', { port, address: made.address }, { port: anyPort, address: anyAddress });
  if (address === undefined) withoutAddress.add(made);
  return published(made);
}

type HostPort = Exposure & { readonly kind: 'host-port' };

/** The publications whose address nobody named. */
const withoutAddress = new WeakSet<Exposure>();

/** A publication of a store: where nobody named an address of the host, only programs on the host can connect. */
export function atLoopback(exposure: Exposure): Exposure {
  const isOpen = exposure.kind === 'host-port' && withoutAddress.has(exposure);
  return isOpen ? { ...exposure, address: '127.0.0.1' } : exposure;
}

/**
 * Publishes a component with a Service of type NodePort: at the same port of every node.
 *
 * @param nodePort the port of the nodes; a cluster allows 30000 to 32767 unless it is configured otherwise
 * @param port the port of the Service within the cluster. @default 80
 * @throws IssuesError if an argument has the wrong type
 * @example kubernetes({ namespace: 'shop', components: { proxy: { expose: nodePort(30080) } } })
 */
export function nodePort(nodePort: number, port = 80): Exposure & { kind: 'node-port' } {
  checkCall('nodePort', { nodePort, port }, { nodePort: portOfNodes, port: anyPort });
  return published({ kind: 'node-port', nodePort, port });
}

/**
 * Publishes a component with a Service of type LoadBalancer. The cluster's provider gives it an address.
 *
 * @param port the port of the load balancer, from 1 to 65535
 * @throws IssuesError if an argument has the wrong type
 * @example kubernetes({ namespace: 'shop', components: { proxy: { expose: loadBalancer(443) } } })
 */
export function loadBalancer(port: number): Exposure & { kind: 'load-balancer' } {
  checkCall('loadBalancer', { port }, { port: anyPort });
  return published({ kind: 'load-balancer', port });
}

function published<Made extends Exclude<Exposure, { readonly kind: 'internal' }>>(made: Made): Made {
  return opaque(made, ({ port }) => ({
    what: `the publication at port ${port}`,
    write: 'it as expose in the components of an environment',
  }));
}
