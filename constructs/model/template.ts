/** The place of a secret in a text. */
export interface SecretPart {
  /** The name of the secret, which is also its key in every source of secrets. */
  readonly secret: string;
}

/** A text that can contain secrets. Only the running system fills in their values. */
export type Template = readonly (string | SecretPart)[];

/** A template without secrets. */
export function plain(text: string): Template {
  return [text];
}

/** One template of several: texts next to each other become one, and empty ones are left out. */
export function joined(templates: readonly Template[]): Template {
  const parts: (string | SecretPart)[] = [];
  for (const part of templates.flat()) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  return parts.length === 0 ? plain('') : parts;
}

/** The text of a template, with the values of its secrets. A secret without a value becomes an empty text. */
export function fillTemplate(template: Template, values: ReadonlyMap<string, string>): string {
  return renderTemplate(
    template,
    (text) => text,
    (name) => values.get(name) ?? '',
  );
}

/** The names of the secrets in a template, in the order of the text. */
export function secretsOf(template: Template): string[] {
  return template.flatMap((part) => (typeof part === 'string' ? [] : [part.secret]));
}

/** Renders each part of a template with a function, and joins the results to one text. */
export function renderTemplate(
  template: Template,
  text: (text: string) => string,
  secret: (name: string) => string,
): string {
  return template.map((part) => (typeof part === 'string' ? text(part) : secret(part.secret))).join('');
}

/**
 * The texts of templates, with `$(NAME)` for each secret. Kubernetes replaces it with the value of the variable NAME.
 */
export function expandable(templates: Readonly<Record<string, Template>>): Record<string, string> {
  const texts = Object.entries(templates).map(([name, template]) => [
    name,
    renderTemplate(
      template,
      (text) => text,
      (secret) => `$(${secret})`,
    ),
  ]);
  return Object.fromEntries(texts) as Record<string, string>;
}

/**
 * The names of the secrets that stand in a URL. Their values must be safe there. A secret in another text, such as
 * `Bearer …`, may have any value. A URL starts with a scheme and `://`, and ends at white space or a quote.
 */
export function secretsInUrls(templates: readonly Template[]): ReadonlySet<string> {
  return new Set(templates.flatMap(secretsInUrl));
}

function secretsInUrl(template: Template): string[] {
  let before = '';
  return template.flatMap((part) => {
    const secret = typeof part === 'string' ? undefined : part.secret;
    const isInUrl = /[a-z][a-z0-9+.-]*:\/\/[^\s"'<>`]*$/i.test(before);
    before += typeof part === 'string' ? part : 'x';
    return secret !== undefined && isInUrl ? [secret] : [];
  });
}

/** Whether a value can be part of a URL without encoding: it has unreserved characters only (RFC 3986). */
export function isUrlSafe(value: string): boolean {
  return /^[A-Za-z0-9._~-]+$/.test(value);
}
