import { isDeepStrictEqual } from 'node:util';
import type { DnsServerSpec } from '../../constructs/environment/dns';
import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import type { Connection, Port, Protocol } from '../../constructs/model/network';
import { publicServices, type Publication } from '../../constructs/model/publication';
import { quoted } from '../../constructs/shape/words';
import type { LimitCheck } from '../../constructs/target/lowering';
import type { Pods } from '../../constructs/model/proxy';
import type { Workload } from '../../constructs/model/workload';
import {
  headlessName,
  isCarriedByCluster,
  manifest,
  runAs,
  selector,
  type Context,
  type Fragment,
} from './context';
import type { Manifest, PolicyPeer, PolicyPort } from '../manifest';
import { closedBlocks } from './closed-blocks';
import { callersOf, portsBetween, type CalledPort } from '../../constructs/model/workload';

/** How Kubernetes writes a protocol. */
const protocolNames = { tcp: 'TCP', udp: 'UDP' } as const;

/** The permission to ask the DNS servers of the cluster: one rule for each port. */
function dnsRules({ dns }: KubernetesSpec) {
  return [...new Set(dns.map(({ port }) => port))].map((port) => ({
    to: dns.filter((server) => server.port === port).flatMap(dnsPeers),
    ports: [policyPort(port, 'udp'), policyPort(port)],
  }));
}

function dnsPeers({ pods: servers, addresses }: DnsServerSpec): PolicyPeer[] {
  return [...servers.map(podsAt), ...addresses.map((cidr) => ({ ipBlock: { cidr } }))];
}

/** The ports of the container, the Service of the workload, and the second, headless Service of a StatefulSet. */
export function lowerPorts(ports: Workload['ports'], workload: Workload, context: Context) {
  const { name } = workload;
  const headless = runAs(context, workload) === 'stateful' ? [headlessName(workload)] : [];
  const names = [...(ports.length > 0 ? [name] : []), ...headless];
  const objects = names.map((as) =>
    manifest(context, 'v1', 'Service', as, {
      spec: {
        type: 'ClusterIP',
        ...(headless.includes(as) && { clusterIP: 'None' }),
        selector: selector(name),
        ...(ports.length > 0 && { ports: ports.map(servicePort) }),
      },
    }),
  );
  if (ports.length === 0) return { objects } satisfies Fragment;
  return { container: { ports: ports.map(containerPort) }, objects } satisfies Fragment;
}

function containerPort({ name, number, protocol }: Port) {
  return { name, containerPort: number, protocol: protocolNames[protocol] };
}

function servicePort({ name, number, protocol }: Port) {
  return { name, port: number, targetPort: name, protocol: protocolNames[protocol] };
}

/** More Services for visitors from outside, so that publishing does not change the address inside the cluster. */
export function lowerExposure(_: readonly Publication[], workload: Workload, context: Context) {
  const objects = publicServices(workload).map(({ name, kind, publications }) =>
    manifest(context, 'v1', 'Service', name, {
      spec: {
        type: kind === 'node-port' ? 'NodePort' : 'LoadBalancer',
        selector: selector(workload.name),
        ports: publications.map(publicPort),
      },
    }),
  );
  return { objects } satisfies Fragment;
}

function publicPort({ exposure, port: { name, protocol } }: Publication) {
  return {
    name,
    port: exposure.port,
    targetPort: name,
    protocol: protocolNames[protocol],
    ...(exposure.kind === 'node-port' && { nodePort: exposure.nodePort }),
  };
}

/** The network policy of a workload. It allows exactly the connections of the model, in and out, and DNS. */
export function lowerConnections(connections: readonly Connection[], workload: Workload, context: Context) {
  const callers = callersOf(context.model, workload.name);
  const policy: Manifest = manifest(context, 'networking.k8s.io/v1', 'NetworkPolicy', workload.name, {
    spec: {
      podSelector: { matchLabels: selector(workload.name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: ingress(workload, callers, context),
      egress: [
        ...dnsRules(context.environment),
        ...connections.flatMap((connection) =>
          // An environment that accepts a program of the host runs without it.
          connection.kind === 'host' ? [] : [{ to: peers(connection), ports: [calledPort(connection)] }],
        ),
      ],
    },
  });
  return { objects: [policy] } satisfies Fragment;
}

/** Visitors reach the published ports from everywhere, and callers those that they call. */
function ingress({ name, ports }: Workload, callers: readonly Workload[], context: Context) {
  const open = ports.filter(({ exposure }) => exposure.kind !== 'internal').map(portRule);
  const isClosed = (port: PolicyPort) => !open.some((other) => isDeepStrictEqual(other, port));
  const rules = [
    ...(open.length > 0 ? [{ ports: open }] : []),
    ...callers.flatMap((caller) => {
      const called = portsBetween(caller, name).map(portRule).filter(isClosed);
      return called.length === 0 ? [] : [{ from: [podsOf(caller, context)], ports: called }];
    }),
  ];
  if (rules.length > 0) return rules;
  // Nothing connects to this workload. But some tools read a policy without rules as no policy, so this opens an unused port.
  return [{ from: [pods(name)], ports: [policyPort(65_535)] }];
}

function portRule({ number, protocol }: CalledPort): PolicyPort {
  return policyPort(number, protocol);
}

function calledPort({ port, protocol }: Connection): PolicyPort {
  return policyPort(port, protocol);
}

function peers(connection: Exclude<Connection, { readonly kind: 'host' }>): PolicyPeer[] {
  if (connection.kind === 'workload') return [pods(connection.workload)];
  const { kind, addresses } = connection;
  return addresses.map((cidr) => {
    const except = closedBlocks(cidr, kind);
    return { ipBlock: { cidr, ...(except.length > 0 && { except }) } };
  });
}

/** The programs of the Docker host that a workload connects to. A cluster has no such host. */
export function hostPrograms(connections: readonly Connection[]): LimitCheck {
  const programs = connections.filter(({ kind }) => kind === 'host');
  const [first] = programs;
  if (first?.kind !== 'host') return { kind: 'within' };
  const names = programs.flatMap((one) => (one.kind === 'host' ? [`${one.name} at port ${one.port}`] : []));
  return {
    kind: 'beyond',
    got: `${names.join(', ')} of the Docker host`,
    fix:
      `components: { ${quotedKey(first.name)}: { managed: { host: 'server.example.com' } } } in the environment, with ` +
      'the server that runs it, or an ExternalApi with its URL',
  };
}

function quotedKey(name: string): string {
  return /^\w+$/.test(name) ? name : quoted(name);
}

// If the cluster's own proxy handles the routes, the requests come from the pods of its controller.
function podsOf(caller: Workload, context: Context): PolicyPeer {
  const { proxy } = context.environment;
  if (proxy.kind === 'nginx' || !isCarriedByCluster(context, caller)) return pods(caller.name);
  return podsAt(proxy.controller);
}

function podsAt({ namespace, labels }: Pods): PolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: labels },
  };
}

function pods(name: string): PolicyPeer {
  return { podSelector: { matchLabels: selector(name) } };
}

function policyPort(port: number, protocol: Protocol = 'tcp'): PolicyPort {
  return { protocol: protocolNames[protocol], port };
}
