import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';

/** What to write instead of a wrong host of a route; undefined if it is a host name, or a wildcard such as `*.example.com`. */
export function routeHostProblem(host: string): string | undefined {
  if (host === '*') return 'no hosts, for any host';
  const name = host.replace(/^\*\./, '');
  return name.includes('*') ? 'a * only as the whole first part, such as *.example.com' : hostProblem(name);
}

/** What to write instead of a wrong host; undefined if it is a plain host name. */
export function hostProblem(host: string): string | undefined {
  if (host === '') return 'a host name, such as www.example.com';
  if (/^\w+:\/\//.test(host) && URL.canParse(host))
    return `the host alone, without scheme and path: ${new URL(host).hostname}`;
  if (host.includes('/')) return `the host alone, without the path: ${host.split('/', 1)[0] ?? ''}`;
  if (/:\d+$/.test(host)) return `the host without the port: ${host.replace(/:\d+$/, '')}`;
  if (host.includes('*')) return 'each host by its own name, because a host has no wildcards';
  if (isIPv4(host) || host.includes(':')) return 'a host name instead of an address, such as www.example.com';
  if (host.endsWith('.')) return `${host.replace(/\.+$/, '')}, without the dot at the end`;
  return nameProblem(host);
}

function nameProblem(host: string): string | undefined {
  const [wrong] = /[^a-z0-9.-]/.exec(host.toLowerCase()) ?? [];
  const ascii = domainToASCII(host);
  if (ascii !== host && ascii.startsWith('xn--'))
    return `${ascii}, because a host is written in ASCII letters`;
  if (wrong !== undefined)
    return `a host name without ${JSON.stringify(wrong)}: only letters, digits, - and . are allowed`;
  if (host !== host.toLowerCase()) return `${host.toLowerCase()}, in lower case`;
  if (!host.split('.').every((part) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(part)))
    return 'a host name whose parts start and end with a letter or a digit, such as www.example.com';
  if (host.split('.').some((part) => part.length > 63))
    return 'a host name with at most 63 characters between two dots';
  return host.length > 253 ? `at most 253 characters: this has ${host.length}` : undefined;
}
