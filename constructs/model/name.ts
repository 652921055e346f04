import { limits } from './limits';

/**
 * Whether a name is a DNS label of RFC 1035, with at most 63 characters. The names of Services, network aliases and
 * hosts must be DNS labels.
 */
export function isLabel(name: string): boolean {
  return labelProblem(name) === undefined;
}

/** What to write instead of a name that is not a DNS label; undefined if the name is good. */
export function labelProblem(name: string): string | undefined {
  return labelFormProblem(name) ?? lengthProblem(name, limits.label.most);
}

/** The same as `labelProblem`, for a name whose length is checked elsewhere. */
export function labelFormProblem(name: string): string | undefined {
  const close = closeTo(name, '-').replace(/^[^a-z]+/, '');
  if (name === '') return 'a name, such as shop';
  if (!/^[a-z0-9-]+$/.test(name)) return allowed(close, 'lower-case letters, digits and -');
  if (!/^[a-z]/.test(name)) return suchAs('a name that starts with a letter', close);
  return name.endsWith('-') ? suchAs('a name that ends with a letter or a digit', close) : undefined;
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

/**
 * Whether a name is a DNS subdomain, as the names of most Kubernetes objects are.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function isSubdomain(name: string): boolean {
  return subdomainProblem(name) === undefined;
}

/** What to write instead of a name that is not a DNS subdomain; undefined if the name is good. */
export function subdomainProblem(name: string): string | undefined {
  const close = closeTo(name, '-.');
  if (name === '') return 'a name, such as shop-secrets';
  if (!/^[a-z0-9.-]+$/.test(name)) return allowed(close, 'lower-case letters, digits, - and .');
  if (!name.split('.').every((part) => /^[a-z0-9](.*[a-z0-9])?$/.test(part)))
    return suchAs('a name with a letter or a digit at both ends, and on both sides of each .', close);
  return lengthProblem(name, limits.subdomain.most);
}

/** Whether a text can be the host in a URL: a DNS name or an IPv4 address. */
export function isHost(name: string): boolean {
  return isSubdomain(name.toLowerCase());
}

/**
 * What to write instead of a wrong name of a port; undefined if the name is good. It is the name of a port of a container
 * and of a Service on Kubernetes.
 * @see https://www.rfc-editor.org/rfc/rfc6335#section-5.1
 */
export function portNameProblem(name: string): string | undefined {
  if (name === '') return 'a name, such as metrics';
  if (name.includes('--')) return suchAs('a name without --', closeTo(name, '-').replace(/-+/g, '-'));
  return labelFormProblem(name) ?? lengthProblem(name, limits.portName.most);
}

/**
 * What to write instead of a wrong name of an environment variable; undefined if the name is good. Some programs read names
 * with . and -, such as `discovery.type`.
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
 */
export function variableProblem(name: string): string | undefined {
  const close = name.replace(/[^\w.-]+/g, '_').replace(/^[._\d-]+|[._-]+$/g, '');
  if (name === '') return 'a name, such as LOG_LEVEL';
  if (name.includes('=')) return 'the name alone, without = and the value';
  if (!/^[\w.-]+$/.test(name)) return allowed(close, 'letters, digits and _ . -');
  if (/^\d/.test(name)) return suchAs('a name that does not start with a digit', close);
  return /^\.(\.|$)/.test(name) ? suchAs('a name that does not start with two dots', close) : undefined;
}

/** Whether no shell can have a variable of this name. Most shells do not even pass it on to the programs that they start. */
export function isUnknownToShells(variable: string): boolean {
  return !/^\w+$/.test(variable);
}

/** What to write instead of a wrong name of a secret; undefined if the name is good. A shell must be able to read it. */
export function secretNameProblem(name: string): string | undefined {
  const close = name.replace(/\W+/g, '_').replace(/^[_\d]+|_+$/g, '');
  if (name === '') return 'a name, such as LOG_LEVEL';
  if (name.includes('=')) return 'the name alone, without = and the value';
  if (!/^\w+$/.test(name)) return allowed(close, 'letters, digits and _');
  return /^\d/.test(name) ? suchAs('a name that does not start with a digit', close) : undefined;
}

/**
 * What to write instead of a wrong value of a label; undefined if the value is good.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
 */
export function labelValueProblem(value: string): string | undefined {
  const close = value.replace(/[^\w.-]+/g, '-').replace(/^[\W_]+|[\W_]+$/g, '');
  if (value === '') return 'a text of 1 to 63 characters';
  if (!/^[\w.-]+$/.test(value)) return allowed(close, 'letters, digits and - . _');
  if (!/^[a-z0-9](.*[a-z0-9])?$/i.test(value)) return suchAs('a letter or a digit at both ends', close);
  return lengthProblem(value, limits.labelPart.most);
}

/** A good text that is close to a wrong one: the advice is to write it. It is empty if nothing is left of the text. */
function allowed(close: string, characters: string): string {
  return close === '' ? `a name of ${characters}` : `${close}: only ${characters} are allowed`;
}

function suchAs(rule: string, close: string): string {
  return close === '' ? rule : `${rule}, such as ${close}`;
}

function closeTo(name: string, marks: '-' | '-.'): string {
  const others = marks === '-' ? /[^a-z0-9-]+/g : /[^a-z0-9.-]+/g;
  return name
    .toLowerCase()
    .replace(others, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

function lengthProblem(text: string, longest: number): string | undefined {
  if (text.length <= longest) return undefined;
  return `at most ${longest} characters: this has ${text.length}`;
}

/** What to write instead of a text that cannot be the key of a label or an annotation. */
export const labelKeyHint = `1 to ${limits.labelPart.most} letters, digits and - . _, with a letter or a digit at both ends, perhaps after a DNS subdomain and a /, such as example.com/team`;

/**
 * Whether a text can be the value of a label. An empty value is possible, but tells nothing.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function isLabelValue(value: string): boolean {
  return labelValueProblem(value) === undefined;
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
