/** What to write instead of a name that is not a DNS label. */
export const labelHint = 'a DNS label: lower-case letters, digits and -, starting with a letter';

/**
 * Whether a name is a DNS label of RFC 1035, with at most 63 characters. The names of Services, network aliases and
 * hosts must be DNS labels.
 */
export function isLabel(name: string): boolean {
  return name.length <= 63 && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name);
}

/**
 * What to write instead of a name that has another meaning on a target; undefined if the name is good.
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md
 */
export function reservedHint(name: string): string | undefined {
  if (name === 'localhost') return 'another name: localhost means the container or pod itself';
  if (name === 'default') return 'another name: every namespace has a ServiceAccount named default';
  if (name.startsWith('x-')) return 'a name that does not start with x-: compose ignores such services';
  return undefined;
}

/** What to write instead of a name that is not a DNS subdomain. */
export const subdomainHint = 'a DNS subdomain: lower-case letters, digits, - and ., such as shop-secrets';

/**
 * Whether a name is a DNS subdomain, as the names of most Kubernetes objects are.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function isSubdomain(name: string): boolean {
  const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
  return name.length <= 253 && name.split('.').every((part) => label.test(part));
}

/** Whether a text can be the host in a URL: a DNS name or an IPv4 address. */
export function isHost(name: string): boolean {
  return isSubdomain(name.toLowerCase());
}
