/** Data that YAML can hold; a property that is undefined is left out. */
export type YamlValue = string | number | boolean | null | undefined | readonly YamlValue[] | YamlMap;

/** The key of what a mapping says to those who read the file: it is written above the mapping. */
export const comment: unique symbol = Symbol('comment');

/** A mapping of YAML. */
export interface YamlMap {
  readonly [key: string]: YamlValue;
  /** Lines of printable ASCII. @default none */
  readonly [comment]?: string;
}

/**
 * The text of one document, that YAML 1.1 and 1.2 readers understand alike. A scalar is plain only where no
 * reader could take it for anything but a string.
 *
 * Our own, because the libraries took half of the time of a large synth, see the benchmark; the tests hold
 * it against a YAML 1.1 reader.
 */
export function toYaml(value: YamlMap): string {
  return above(value, '') + mapping(value, '');
}

/** The text of several documents. */
export function toYamlDocuments(values: readonly YamlMap[]): string {
  return values.map(toYaml).join('---\n');
}

function mapping(value: YamlMap, indent: string): string {
  let text = '';
  for (const key in value) {
    const item = value[key];
    if (item !== undefined) text += `${above(item, indent)}${indent}${scalar(key)}:${node(item, indent)}`;
  }
  return text;
}

function sequence(items: readonly YamlValue[], indent: string): string {
  let text = '';
  for (const item of items) {
    const inner = node(item ?? null, indent);
    // A mapping or sequence starts on the line of its dash.
    text += above(item, indent);
    text += inner.startsWith('\n') ? `${indent}- ${inner.slice(indent.length + 3)}` : `${indent}-${inner}`;
  }
  return text;
}

function above(value: YamlValue, indent: string): string {
  if (typeof value !== 'object' || value === null || isSequence(value)) return '';
  const told = value[comment];
  return told === undefined ? '' : told.replace(/^/gm, `${indent}# `) + '\n';
}

function node(value: Exclude<YamlValue, undefined>, indent: string): string {
  if (typeof value === 'string') return ` ${text(value, indent)}\n`;
  if (typeof value !== 'object' || value === null) return ` ${value}\n`;
  if (isSequence(value)) return value.length === 0 ? ' []\n' : `\n${sequence(value, `${indent}  `)}`;
  const inner = mapping(value, `${indent}  `);
  return inner === '' ? ' {}\n' : `\n${inner}`;
}

function isSequence(value: readonly YamlValue[] | YamlMap): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function text(value: string, indent: string): string {
  return value.includes('\n') && blockText.test(value) ? block(value, `${indent}  `) : scalar(value);
}

function block(value: string, indent: string): string {
  const lines = value.slice(0, -1).split('\n');
  return `|\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

// Printable lines, the first not indented, with one line break at the end.
const blockText = /^(?![ \n])(?:[\x20-\x7e]*\n)*[\x20-\x7e]*[\x21-\x7e]\n$/;
const plainText = /^[A-Za-z/_][A-Za-z0-9/_.@-]*(?:[ :=,+][A-Za-z0-9/_.@=-]+)*$/;
/** Amounts with a unit, which no reader takes for a number. */
const amount = /^\d+(?:ms|[hms]|[kg]|[KMGT]i)$/;
const printable = /^[\x20-\x7e]*$/;
/** What YAML 1.1 takes for a boolean or null. @see https://yaml.org/type/bool.html */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

// Manifests say the same few hundred words again and again.
const known = new Map<string, string>();

function scalar(value: string): string {
  if (value.length > 40) return written(value);
  const before = known.get(value);
  if (before !== undefined) return before;
  const now = written(value);
  known.set(value, now);
  return now;
}

function written(value: string): string {
  if ((plainText.test(value) && !reserved.test(value)) || amount.test(value)) return value;
  return printable.test(value) ? `'${value.replaceAll("'", "''")}'` : quoted(value);
}

// JSON's escapes are YAML's, but JSON lets stand what YAML 1.1 takes for line breaks or does not print.
function quoted(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u{10ffff}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
