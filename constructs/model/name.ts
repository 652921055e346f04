import { limits } from './limits';

/** What to write instead of a name that is not a DNS label. */
export const labelHint = 'a DNS label: lower-case letters, digits and -, starting with a letter';

/**
 * Whether a name is a DNS label of RFC 1035, with at most 63 characters. The names of Services, network aliases and
 * hosts must be DNS labels.
 */
export function isLabel(name: string): boolean {
  return name.length <= limits.label.most && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name);
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
  return name.length <= limits.subdomain.most && name.split('.').every((part) => label.test(part));
}

/** Whether a text can be the host in a URL: a DNS name or an IPv4 address. */
export function isHost(name: string): boolean {
  return isSubdomain(name.toLowerCase());
}

/** What to write instead of a text that cannot be the value of a label. */
export const labelValueHint = '1 to 63 letters, digits and - . _, with a letter or a digit at both ends';

/** What to write instead of a text that cannot be the key of a label or an annotation. */
export const labelKeyHint = `${labelValueHint}, perhaps after a DNS subdomain and a /, such as example.com/team`;

/**
 * Whether a text can be the value of a label. An empty value is possible, but tells nothing.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function isLabelValue(value: string): boolean {
  return value.length <= limits.labelPart.most && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(value);
}

/** Whether a text can be the key of a label or an annotation, such as `example.com/team`. */
export function isLabelKey(key: string): boolean {
  const [name = '', prefix, ...others] = key.split('/').reverse();
  return others.length === 0 && isLabelValue(name) && (prefix === undefined || isSubdomain(prefix));
}

/** What to write instead of a name that cannot be a key of a ConfigMap, and so not the name of a file. */
export const keyHint = `1 to ${limits.key.most} letters, digits and - . _, not only dots and not .. at the start`;

/** Whether a text can be a key of a ConfigMap or a Secret. */
export function isKey(key: string): boolean {
  return (
    key.length <= limits.key.most && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..')
  );
}
