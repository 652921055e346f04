import { publicAddresses, type Connection } from '../../constructs/model/network';
import type { Workload } from '../../constructs/model/workload';
import { manifest, selector, type Context, type Fragment } from '../context';
import type { Manifest, PolicyPeer, PolicyPort } from '../manifest';

/** Private networks and the metadata service: no default lets a workload connect there. */
const privateNetworks = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

const names = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** Ports of the container, and the Service that gives them a stable name. */
export function lowerPorts(ports: Workload['ports'], { name, run }: Workload, context: Context): Fragment {
  if (ports.length === 0) return {};
  return {
    container: {
      ports: ports.map((port) => ({ name: port.name, containerPort: port.number, protocol: 'TCP' })),
    },
    objects: [
      manifest(context, 'v1', 'Service', name, {
        spec: {
          type: 'ClusterIP',
          ...(run === 'stateful' && { clusterIP: 'None' }),
          selector: selector(name),
          ports: ports.map((port) => ({
            name: port.name,
            port: port.number,
            targetPort: port.name,
            protocol: 'TCP',
          })),
        },
      }),
    ],
  };
}

/** A second Service for the outside, so that the inner address stays whatever is published. */
export function lowerExposure(
  exposure: Workload['exposure'],
  { name, ports }: Workload,
  context: Context,
): Fragment {
  const [port] = ports;
  if (!port || exposure.kind === 'internal' || exposure.kind === 'host-port') return {};
  const published = { name: port.name, port: exposure.port, targetPort: port.name, protocol: 'TCP' };
  return {
    objects: [
      manifest(context, 'v1', 'Service', `${name}-public`, {
        spec:
          exposure.kind === 'node-port'
            ? {
                type: 'NodePort',
                selector: selector(name),
                ports: [{ ...published, nodePort: exposure.nodePort }],
              }
            : { type: 'LoadBalancer', selector: selector(name), ports: [published] },
      }),
    ],
  };
}

/** One policy for each workload: exactly the connections of the model, seen from both ends, and names. */
export function lowerConnections(
  connections: readonly Connection[],
  workload: Workload,
  context: Context,
): Fragment {
  const callers = context.model.workloads.filter((other) =>
    other.connections.some(
      (connection) => connection.kind === 'workload' && connection.workload === workload.name,
    ),
  );
  const policy: Manifest = manifest(context, 'networking.k8s.io/v1', 'NetworkPolicy', workload.name, {
    spec: {
      podSelector: { matchLabels: selector(workload.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: ingress(workload, callers),
      egress: [
        names,
        ...connections.map((connection) => ({ to: peers(connection), ports: [tcp(connection.port)] })),
      ],
    },
  });
  return { objects: [policy] };
}

function ingress({ name, ports, exposure }: Workload, callers: readonly Workload[]) {
  const open = ports.map(({ number }) => tcp(number));
  if (exposure.kind !== 'internal') return [{ ports: open }];
  if (callers.length > 0) return callers.map((caller) => ({ from: [pods(caller.name)], ports: open }));
  // Nobody connects: a rule that opens nothing, as some readers take a policy without rules for none.
  return [{ from: [pods(name)], ports: [tcp(65_535)] }];
}

function peers(connection: Connection): PolicyPeer[] {
  if (connection.kind === 'workload') return [pods(connection.workload)];
  return connection.addresses.map((cidr) => ({
    ipBlock: { cidr, ...(publicAddresses.includes(cidr) && { except: privateNetworks }) },
  }));
}

function pods(name: string): PolicyPeer {
  return { podSelector: { matchLabels: selector(name) } };
}

function tcp(port: number): PolicyPort {
  return { protocol: 'TCP', port };
}
