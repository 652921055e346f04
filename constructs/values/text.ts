import { IssuesError } from '../issue';
import type { Template } from '../model/template';
import { Reference } from './reference';

/** A text with references to other components in it; see {@link text}. */
export class Text {
  constructor(
    readonly template: Template,
    readonly references: readonly Reference[],
  ) {}
}

/** A value to insert into a text. A list of texts is joined. */
type TextValue = string | number | Reference | Text | readonly Text[];

/**
 * A text for a file that contains references, such as the configuration of a program that connects to other
 * components. A reference works as in an environment variable: the component may connect to the other one,
 * and starts after it. A reference that contains a secret is reported as an issue: use it in a variable.
 *
 * @throws IssuesError if it is called as a function, or a value cannot be part of a text
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
  const texts = values.map(toText);
  const parts = strings.flatMap((string, index): Template => [string, ...(texts[index]?.template ?? [])]);
  return new Text(
    parts,
    texts.flatMap(({ references }) => references),
  );
}

function toText(value: TextValue): Text {
  if (value instanceof Text) return value;
  if (value instanceof Reference) return new Text(value.template, [value]);
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
    return new Text([String(value)], []);
  if (!isTexts(value))
    throw new IssuesError([
      {
        path: 'text',
        field: 'value',
        got: value,
        write: 'a text, a finite number, a reference, or a list of texts',
      },
    ]);
  return new Text(
    value.flatMap(({ template }) => template),
    value.flatMap(({ references }) => references),
  );
}

function isTexts(value: unknown): value is readonly Text[] {
  return Array.isArray(value) && value.every((item) => item instanceof Text);
}
