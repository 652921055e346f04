import { limits } from '../../constructs/model/limits';
import { labelProblem, subdomainProblem } from '../../constructs/model/name';
import { blockHint, isBlock } from '../../constructs/model/network';
import type { ManifestOf } from '../manifest';
import { eachObject, faultUnless, nameFaults, peersOf, type Fault } from '../policy/rules';
import type { ClusterLimit } from './limit';
import { isPort, isPortName, portHint } from './pods';

/** The ports of a Service: each with its own name and number. */
export const servicePorts: ClusterLimit = {
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  check: eachObject((object) => (object.kind === 'Service' ? serviceFaults(object) : [])),
};

function serviceFaults({ spec }: ManifestOf<'Service'>): Fault[] {
  const ports = spec?.ports ?? [];
  const names = ports.map(({ name }) => name);
  const numbers = ports.map(({ port, protocol = 'TCP' }) => `${port}/${protocol}`);
  return ports.flatMap(({ name, port, targetPort, nodePort, protocol = 'TCP' }) => [
    ...faultUnless(ports.length === 1 || name !== undefined, 'spec.ports name', name, 'a name for each port'),
    ...nameFaults('spec.ports name', name, labelProblem),
    ...faultUnless(
      name === undefined || names.filter((other) => other === name).length === 1,
      'spec.ports name',
      name,
      'names that are all different',
    ),
    ...faultUnless(
      numbers.filter((other) => other === `${port}/${protocol}`).length === 1,
      'spec.ports port',
      port,
      'ports that are all different',
    ),
    ...[port, targetPort, nodePort].flatMap((one) =>
      faultUnless(one === undefined || isTarget(one), 'spec.ports', one, portHint),
    ),
  ]);
}

function isTarget(port: string | number): boolean {
  return typeof port === 'number' ? isPort(port) : isPortName(port);
}

/** The hosts and paths of an Ingress. */
export const ingressRules: ClusterLimit = {
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/',
  check: eachObject((object) => {
    if (object.kind !== 'Ingress') return [];
    const { rules = [], tls = [] } = object.spec ?? {};
    const hosts = [...rules.map(({ host }) => host), ...tls.flatMap(({ hosts: own = [] }) => own)];
    const paths = rules.flatMap(({ http }) => http?.paths ?? []);
    return [
      ...hosts.flatMap((host) => nameFaults('spec host', host, hostProblem)),
      ...paths.flatMap(({ path = '/', pathType }) =>
        faultUnless(
          pathType === 'ImplementationSpecific' || isPath(path),
          'spec path',
          path,
          'an absolute path without //, /./ and /../',
        ),
      ),
    ];
  }),
};

function hostProblem(host: string): string | undefined {
  return subdomainProblem(host.replace(/^\*\./, ''));
}

function isPath(path: string): boolean {
  return path.startsWith('/') && !/\/\/|\/\.\.?(\/|$)/.test(path);
}

/**
 * The lists of an HTTPRoute and of a Gateway. Their schemas limit how long each is.
 * @see https://github.com/kubernetes-sigs/gateway-api/tree/main/config/crd/standard
 */
export const gatewayLists: ClusterLimit = {
  source: limits.routeRules.source,
  check: eachObject((object) => {
    if (object.kind === 'Gateway')
      return countFault('spec.listeners', object.spec?.listeners, limits.listeners.most);
    if (object.kind !== 'HTTPRoute') return [];
    const { rules, hostnames } = object.spec ?? {};
    return [
      ...countFault('spec.rules', rules, limits.routeRules.most),
      ...countFault('spec.hostnames', hostnames, limits.routeHosts.most),
      ...(hostnames ?? []).flatMap((host) => nameFaults('spec.hostnames', host, hostProblem)),
    ];
  }),
};

function countFault(field: string, list: readonly unknown[] = [], most: number): Fault[] {
  const write = `${most} or fewer`;
  if (list.length <= most) return [];
  return [{ field, got: list.length, write, sentence: `${field} has ${list.length} items: write ${write}` }];
}

/** The address blocks of a network policy. */
export const addressBlocks: ClusterLimit = {
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/',
  check: eachObject((object) => {
    if (object.kind !== 'NetworkPolicy') return [];
    const blocks = peersOf(object).flatMap(({ ipBlock }) =>
      ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : [],
    );
    return blocks.flatMap((block) => faultUnless(isBlock(block), 'spec ipBlock', block, blockHint));
  }),
};
