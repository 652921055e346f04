/** A secret by its name, which is also its key in every source of secrets. */
export interface SecretPart {
  readonly secret: string;
}

/** A text whose secret parts are filled in by the target at the last moment. */
export type Template = readonly (string | SecretPart)[];

/** A template without any secret. */
export function plain(text: string): Template {
  return [text];
}

/** The text of a template whose secrets have these values; one without a value leaves nothing. */
export function fillTemplate(template: Template, values: ReadonlyMap<string, string>): string {
  return renderTemplate(
    template,
    (text) => text,
    (name) => values.get(name) ?? '',
  );
}

/** The names of the secrets in a template, in order of appearance. */
export function secretsOf(template: Template): string[] {
  return template.flatMap((part) => (typeof part === 'string' ? [] : [part.secret]));
}

/** Joins the parts of a template to a text. */
export function renderTemplate(
  template: Template,
  text: (text: string) => string,
  secret: (name: string) => string,
): string {
  return template.map((part) => (typeof part === 'string' ? text(part) : secret(part.secret))).join('');
}

/** The texts of templates, with `$(NAME)` in the place of a secret. */
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

/** The names of the secrets that stand within a longer text, such as a URL, and so have to be safe there. */
export function embeddedSecrets(templates: readonly Template[]): ReadonlySet<string> {
  return new Set(templates.filter(({ length }) => length > 1).flatMap(secretsOf));
}

/** Whether a value means the same in a URL as it does alone (RFC 3986, unreserved characters). */
export function isUrlSafe(value: string): boolean {
  return /^[A-Za-z0-9._~-]+$/.test(value);
}
