import { BlockList, isIPv4 } from 'node:net';
import { isAddress } from './network';

/** The name by which a container reaches the Docker host that it runs on. */
export const dockerHost = 'host.docker.internal';

/** What a host outside the application is, as far as its name or address tells. */
export type Place =
  /** Every host has these names and addresses: in a container, they are the container itself. */
  | { readonly kind: 'itself' }
  /** The server by which a cloud tells a machine its credentials. */
  | { readonly kind: 'metadata' }
  | { readonly kind: 'docker-host' }
  /** One address. @example { kind: 'address', block: '10.0.0.5/32' } */
  | { readonly kind: 'address'; readonly block: string }
  /** A name that only the DNS servers of a private network know. */
  | { readonly kind: 'private-name' }
  | { readonly kind: 'name' };

/** @see https://www.rfc-editor.org/rfc/rfc6890 */
const itself = blockList('127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128');

/**
 * The metadata servers: of most clouds, of Amazon over IPv6, and of Alibaba.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
 */
const metadata = blockList('169.254.169.254/32', 'fd00:ec2::254/128', '100.100.100.200/32');

const metadataNames = ['metadata', 'metadata.google.internal', 'instance-data', 'instance-data.ec2.internal'];

/**
 * The last parts of names that no public DNS server answers.
 * @see https://www.rfc-editor.org/rfc/rfc6762 Appendix G, and RFC 8375
 * @see https://www.icann.org/en/board-activities-and-meetings/materials/approved-resolutions-special-meeting-of-the-icann-board-29-07-2024-en
 */
const privateEnds = [
  'internal',
  'local',
  'localdomain',
  'lan',
  'home',
  'home.arpa',
  'corp',
  'intranet',
  'private',
  'svc',
];

/** What a host is. @param host a host name, or an IP address, with [ ] around an address of IPv6 or without */
export function placeOf(host: string): Place {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  if (isAddress(name)) return placeOfAddress(name);
  if (name === 'localhost' || name.endsWith('.localhost')) return { kind: 'itself' };
  if (name === dockerHost || name === 'gateway.docker.internal') return { kind: 'docker-host' };
  if (metadataNames.includes(name)) return { kind: 'metadata' };
  const isPrivate = !name.includes('.') || privateEnds.some((end) => name.endsWith(`.${end}`));
  return { kind: isPrivate ? 'private-name' : 'name' };
}

function placeOfAddress(address: string): Place {
  if (holds(itself, address)) return { kind: 'itself' };
  if (holds(metadata, address)) return { kind: 'metadata' };
  return { kind: 'address', block: `${address}/${isIPv4(address) ? 32 : 128}` };
}

/**
 * What to write instead of a block of addresses that no component may connect to; undefined if it is fine.
 * @param block a CIDR block
 */
export function blockProblem(block: string): string | undefined {
  const [first = '', bits = '0'] = block.split('/');
  // All addresses stand for the public ones.
  if (Number(bits) === 0) return undefined;
  if (holds(itself, first))
    return 'no block of 127.0.0.0/8, 0.0.0.0/8 and ::1, which is the container itself';
  if (holds(metadata, first) || holds(blockList(block), '169.254.169.254'))
    return 'blocks without the metadata server of the cloud, which gives the credentials of the machine to whoever asks';
  return undefined;
}

function blockList(...blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits = ''] = block.split('/');
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
