import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';

/** Whether a text is a host name, or a wildcard such as `*.example.com`: no IP address, port or dot at its end. */
export function isHost(host: string): boolean {
  const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
  const name = host.replace(/^\*\./, '');
  return host.length <= 253 && !isIPv4(name) && name.split('.').every((part) => label.test(part));
}

/** What to write instead of a text that is no host. */
export function hostHint(got: string): string {
  if (got === '*') return 'no hosts, for any host';
  if (got.includes('*')) return 'a * only as the whole first label, such as *.example.com';
  const name = domainToASCII(
    got
      .replace(/^\w+:\/\//, '')
      .replace(/[/?#].*$/, '')
      .replace(/:\d*$/, '')
      .replace(/\.$/, ''),
  );
  return isHost(name)
    ? `${name}, because a host is a name without scheme, port and path, in ASCII letters and without a dot at its end`
    : 'a host name, such as www.example.com';
}
