import { IssuesError } from '../issue';
import type { Template } from '../model/template';
import { Reference } from './reference';

/** A text with the addresses of other components in it, for a file. */
export class Text {
  constructor(
    readonly template: Template,
    readonly references: readonly Reference[],
  ) {}
}

/** What a text can have in it: a list of texts is joined. */
type TextValue = string | number | Reference | Text | readonly Text[];

/**
 * A text with references in it, such as the configuration of a program that connects to other components:
 * ``text`targets: ['${backend.endpoint}']` ``. Using one is what using it in a variable is: a permission to
 * connect, and the order of the start. A reference with a secret in it is reported; it belongs into a
 * variable.
 */
export function text(strings: TemplateStringsArray, ...values: readonly TextValue[]): Text {
  if (!Array.isArray(strings))
    throw new IssuesError([
      {
        path: 'text',
        field: 'template',
        got: strings,
        write: 'text`url: ${backend.url}`, without parentheses',
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
  return Array.isArray(value) && value.every((one) => one instanceof Text);
}
