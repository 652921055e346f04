import { everyAddress } from '../../constructs/model/network';

/** Private networks and the metadata service of clouds. Permission for one public host does not include them. */
const privateNetworks = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];

/**
 * The addresses of IPv4 that are not of the internet: this network, private networks, those of a carrier, the machine
 * itself, the metadata server of Azure, link-local ones, those of protocols, of tests, multicast, and reserved ones.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 * @see https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const notPublicIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/**
 * The same of IPv6: no address, the machine itself, addresses that a private network translates, private networks, link-local ones, the
 * former site-local ones, and multicast. The metadata server of Amazon is in a private network.
 * Kubernetes reads ::ffff:0:0/96 as addresses of IPv4, so it cannot be here.
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/iana-ipv6-special-registry.xhtml
 */
const notPublicIpv6 = [
  '::/128',
  '::1/128',
  '64:ff9b:1::/48',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

/** The addresses within a block that stay closed: only a permission for every address has some. */
export function closedBlocks(block: string, kind: 'external' | 'internet'): readonly string[] {
  if (!everyAddress.includes(block)) return [];
  if (block.includes(':')) return notPublicIpv6;
  return kind === 'internet' ? notPublicIpv4 : privateNetworks;
}
