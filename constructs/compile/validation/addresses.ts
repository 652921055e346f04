import { isIPv4, SocketAddress } from 'node:net';

/** Whether a text is a CIDR block, such as 10.20.0.0/16. */
export function isBlock(block: string): boolean {
  const [address = '', bits = '', ...others] = block.split('/');
  const most = isIPv4(address) ? 32 : 128;
  return isAddress(address) && others.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** Whether a text is an IP address. */
export function isAddress(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

// The regular expression of Node's own isIPv6 is so long that its first use takes some milliseconds.
function isIPv6(address: string): boolean {
  if (!/^[\da-f:.]+$/i.test(address)) return false;
  try {
    return new SocketAddress({ address, family: 'ipv6' }).family === 'ipv6';
  } catch {
    return false;
  }
}
