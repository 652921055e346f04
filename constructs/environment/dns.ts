import type { Pods } from '../model/proxy';
import { sortedKeys } from '../model/sorted';
import { optional, type Kind, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { addressBlocks } from '../values/address-blocks';
import { object } from '../shape/object';
import { anyPort } from '../shape/numbers';
import { podsKind } from './cluster-proxy';

/** A DNS server that pods ask: pods of the cluster, addresses, or both. */
export interface DnsServer {
  /** The pods of the server. @default none: the server has addresses */
  readonly pods?: Pods;
  /** The addresses of the server, as CIDR blocks. @default none: the server has pods */
  readonly addresses?: readonly string[];
  /** The port of the pods or addresses. The port of their Service may be another. @default 53 */
  readonly port?: number;
}

/** A DNS server with all defaults filled in. `DnsServer` describes the fields. */
export interface DnsServerSpec {
  readonly pods: readonly Pods[];
  readonly addresses: readonly string[];
  readonly port: number;
}

const serverShape: Shape<DnsServer> = {
  pods: optional(podsKind),
  addresses: optional(addressBlocks),
  port: optional(anyPort),
};

const example = "{ addresses: ['10.0.0.53/32'] }";

/** The DNS servers of a cluster. */
export const dnsKind: Kind<readonly DnsServer[]> = listOf(
  object(serverShape, { title: 'a field of dns', write: example }),
  `[${example}]`,
);

/** Fills in the defaults of DNS servers. */
export function dnsServers(servers: readonly DnsServer[] = usualDnsServers): readonly DnsServerSpec[] {
  return servers.map(({ pods, addresses = [], port = 53 }) => ({
    pods: pods === undefined ? [] : [{ ...pods, labels: sortedKeys(pods.labels) }],
    addresses,
    port,
  }));
}

const inSystem = (app: string): Pods => ({ namespace: 'kube-system', labels: { 'k8s-app': app } });

/**
 * The DNS servers of most clusters. An address in a pod's resolv.conf that no pod has can only be permitted as an
 * address. Port 53 is the only one that is permitted: the metadata server at 169.254.169.254 stays closed.
 */
const usualDnsServers: readonly DnsServer[] = [
  // CoreDNS and its forerunner: https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/
  { pods: inSystem('kube-dns') },
  // A cache on each node, as pods: https://docs.cilium.io/en/stable/network/kubernetes/local-redirect-policy/
  { pods: inSystem('node-local-dns') },
  {
    addresses: [
      // A cache on each node: https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
      '169.254.20.10/32',
      // The same with Kubespray: https://github.com/kubernetes-sigs/kubespray/blob/master/docs/advanced/dns-stack.md
      '169.254.25.10/32',
      // LocalDNS of Azure: https://learn.microsoft.com/azure/aks/localdns-custom
      '169.254.10.11/32',
      // Cloud DNS of Google: https://github.com/tektoncd/operator/issues/4000
      '169.254.169.254/32',
      // A server on each node may also answer at the address of the DNS Service, which then leads to no pod:
      // https://github.com/kubernetes/kubernetes/blob/master/cluster/addons/dns/nodelocaldns/README.md
      // The address is chosen by hand, or that of kubeadm, of Amazon (one of two) or of Google:
      // https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-init/
      '10.96.0.10/32',
      // https://github.com/aws/containers-roadmap/issues/2552
      '10.100.0.10/32',
      '172.20.0.10/32',
      // https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
      '34.118.224.10/32',
    ],
  },
  // OpenShift: https://docs.openshift.com/container-platform/latest/networking/dns-operator.html
  {
    pods: { namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
    port: 5353,
  },
  // Gardener: https://github.com/gardener/gardener/blob/master/docs/usage/networking/shoot_networking.md
  { pods: inSystem('kube-dns'), port: 8053 },
];
