import { objectsIn } from './group';
import type { Manifest, ManifestOf } from './manifest';
import type { KubernetesPlan } from './plan';
import { containersOf, podsIn, type PlannedPod } from './pods';

/** The ports and hosts at which a plan can be reached from outside the cluster, such as `proxy: 80 on a load balancer`. */
export function published(plan: KubernetesPlan): string[] {
  const gateways = namesOfGateways(plan);
  const byObjects = plan.groups.flatMap(({ name, objects }) =>
    objects.flatMap((object) => entrances(object, gateways).map((entrance) => `${name}: ${entrance}`)),
  );
  const byPods = podsIn(plan).flatMap((pod) =>
    nodePorts(pod).map((port) => `${pod.workload}: ${port} on the node of each pod`),
  );
  return [...byObjects, ...byPods];
}

function namesOfGateways(plan: KubernetesPlan): string[] {
  return objectsIn(plan)
    .filter(({ kind }) => kind === 'Gateway')
    .map(({ metadata }) => metadata.name);
}

function entrances(object: Manifest, gateways: readonly string[]): string[] {
  switch (object.kind) {
    case 'Service':
      return byService(object);
    case 'Ingress':
      return byIngress(object);
    case 'Gateway':
      return byGateway(object);
    case 'HTTPRoute':
      return byRoute(object, gateways);
    default:
      return [];
  }
}

function byService({ spec }: ManifestOf<'Service'>): string[] {
  const ports = spec?.ports ?? [];
  const external = (spec?.externalIPs ?? []).flatMap((address) =>
    ports.map(({ port, protocol }) => `${numbered(port, protocol)} on ${address}`),
  );
  if (spec?.type === 'LoadBalancer')
    return [
      ...ports.map(({ port, protocol }) => `${numbered(port, protocol)} on a load balancer`),
      ...external,
    ];
  if (spec?.type !== 'NodePort') return external;
  return [
    ...ports.map(({ nodePort, protocol }) => `${numbered(nodePort ?? 'some port', protocol)} on every node`),
    ...external,
  ];
}

/** A port with its protocol, if that is not TCP. */
function numbered(port: number | string, protocol = 'TCP'): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol.toLowerCase()}`;
}

// Only the controller of the Ingress knows its port numbers.
function byIngress({ spec }: ManifestOf<'Ingress'>): string[] {
  const secured = (spec?.tls ?? []).flatMap(
    ({ hosts = [undefined] }): readonly (string | undefined)[] => hosts,
  );
  const hosts = (spec?.rules ?? []).map(({ host }) => host);
  const all = spec?.defaultBackend === undefined ? hosts : [...hosts, undefined];
  return all.map(
    (host) => `${secured.includes(host) ? 'http and https' : 'http'} for ${hostText(host)} on an Ingress`,
  );
}

function byGateway({ spec }: ManifestOf<'Gateway'>): string[] {
  const listeners = spec?.listeners ?? [];
  return listeners.map(({ port, hostname }) => `${port} for ${hostText(hostname)} on a Gateway`);
}

// Gateways of this plan are listed with their ports already.
function byRoute({ spec }: ManifestOf<'HTTPRoute'>, gateways: readonly string[]): string[] {
  const others = (spec?.parentRefs ?? []).filter(({ name }) => !gateways.includes(name));
  const hosts = spec?.hostnames ?? [undefined];
  return others.flatMap(({ namespace, name }) => {
    const gateway = namespace === undefined ? name : `${namespace}/${name}`;
    return hosts.map((host) => `${hostText(host)} on Gateway ${gateway}`);
  });
}

function hostText(host: string | undefined): string {
  return host ?? 'any host';
}

// No component sets host ports, but an override can.
function nodePorts(pod: PlannedPod): string[] {
  const ports = containersOf(pod).flatMap((container) => container.ports ?? []);
  return ports.flatMap(({ hostPort, containerPort, protocol }) => {
    const port = pod.spec.hostNetwork === true ? containerPort : hostPort;
    return port === undefined ? [] : [numbered(port, protocol)];
  });
}
