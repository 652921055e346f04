/** What to write where a name is no DNS label. */
export const labelHint = 'a DNS label: lower-case letters, digits and -, starting with a letter';

/**
 * Whether a name can be that of a Service, a network alias and a host (RFC 1035, with its 63 characters).
 */
export function isLabel(name: string): boolean {
  return name.length <= 63 && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name);
}

/**
 * What to write in place of a name that means something else on a target, or nothing.
 * @see https://github.com/compose-spec/compose-spec/blob/main/11-extension.md
 */
export function reservedHint(name: string): string | undefined {
  if (name === 'localhost') return 'another name: every container and pod calls itself that';
  if (name === 'default') return 'another name: every namespace of a cluster has an account of that name';
  if (name.startsWith('x-')) return 'a name that does not start with x-: compose passes over those';
  return undefined;
}

/** What to write where a name is no DNS subdomain. */
export const subdomainHint = 'a DNS subdomain: lower-case letters, digits, - and ., such as shop-secrets';

/**
 * Whether a name can be that of an object of a cluster which is no host by itself, as most are.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function isSubdomain(name: string): boolean {
  const label = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
  return name.length <= 253 && name.split('.').every((part) => label.test(part));
}

/** Whether a text names a host in a URL: a DNS name, or an IPv4 address. */
export function isHost(name: string): boolean {
  return isSubdomain(name.toLowerCase());
}
