import { IssuesError } from '../issue';
import { Later } from './later';
import { opaque } from './opaque';
import { Reference } from './reference';
import { Secret, SecretFile } from './secret';

/** A part of a text: plain text, or a value that only the plan or the running system knows. */
export type TextPart = string | Reference | Later | Secret | SecretFile;

/** A text with references to other components and secrets in it; see {@link text}. */
export class Text {
  constructor(readonly parts: readonly TextPart[]) {}
}

opaque(Text.prototype, () => ({
  what: 'a text`…`',
  write: 'it as the whole value of a variable or a file, or as a part of another text`…`',
}));

/** A value to insert into a text. A list of texts is joined. */
export type TextValue = TextPart | number | Text | readonly Text[];

/**
 * A text that contains references and secrets. It is the value of a variable, or the content of a file, such as the
 * configuration of a program that connects to other components. A reference works as in a variable of its own: the
 * component may connect to the other one, and starts after it.
 *
 * A secret that stands in a URL must be safe there: it has only letters, digits and `- . _ ~`. All commands that know
 * its value check this. A secret in a file is reported as an issue: use it in a variable.
 *
 * A text without references and secrets is taken as it is written, also if it is the name of a component.
 *
 * @throws IssuesError if it is called as a function, or a value cannot be part of a text
 * @example env: { DATABASE_URL: text`postgresql://${database.username}:${database.password}@${database.endpoint}/shop?pool=5` }
 * @example env: { AUTHORIZATION: text`Bearer ${Secret.named('API_TOKEN')}` }
 * @example files: { '/etc/app/config.yaml': text`backend: ${backend.endpoint}` }
 */
export function text(strings: TemplateStringsArray, ...values: readonly TextValue[]): Text {
  if (!Array.isArray(strings))
    throw new IssuesError([
      {
        path: 'text',
        field: 'template',
        got: strings,
        write: 'text`url: ${backend.url}` without parentheses',
      },
    ]);
  return new Text(
    strings.flatMap((string, index) => [string, ...(index < values.length ? toParts(values[index]) : [])]),
  );
}

function toParts(value: unknown): readonly TextPart[] {
  if (value instanceof Text) return value.parts;
  if (isPart(value)) return [value];
  if (typeof value === 'number' && Number.isFinite(value)) return [String(value)];
  if (isTexts(value)) return value.flatMap(({ parts }) => parts);
  const write = 'a text, a finite number, a reference, a secret, or a list of texts';
  throw new IssuesError([{ path: 'text', field: 'value', got: value, write }]);
}

function isPart(value: unknown): value is TextPart {
  if (typeof value === 'string' || value instanceof Reference || value instanceof Later) return true;
  return value instanceof Secret || value instanceof SecretFile;
}

function isTexts(value: unknown): value is readonly Text[] {
  return Array.isArray(value) && value.every((item) => item instanceof Text);
}
