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
  return above(value, '') + mapping(value, 0, '');
}

/** The text of several documents. */
export function toYamlDocuments(values: readonly YamlMap[]): string {
  return values.map(toYaml).join('---\n');
}

/** @param dash that the first line starts with; empty where the mapping is no item of a list */
function mapping(value: YamlMap, depth: number, dash: string): string {
  const { indent, keys } = levelAt(depth);
  let start = dash;
  let text = '';
  for (const key in value) {
    const item = value[key];
    if (item === undefined) continue;
    const line = keys.get(key) ?? newKey(key, depth);
    text +=
      above(item, indent) + (start === '' ? line : start + line.slice(indent.length)) + node(item, depth);
    start = '';
  }
  return text;
}

/** @param dash that the first line starts with, as of a mapping */
function sequence(items: readonly YamlValue[], depth: number, dash: string): string {
  const { indent } = levelAt(depth);
  let start = `${dash === '' ? indent : dash}-`;
  let text = '';
  for (const item of items) {
    text += above(item, indent);
    // A mapping or sequence starts on the line of its dash.
    if (typeof item !== 'object' || item === null) text += start + node(item ?? null, depth);
    else if (isSequence(item)) text += sequence(item, depth + 1, `${start} `) || `${start} []\n`;
    else text += mapping(item, depth + 1, `${start} `) || `${start} {}\n`;
    start = `${indent}-`;
  }
  return text;
}

function above(value: YamlValue, indent: string): string {
  if (typeof value !== 'object' || value === null || isSequence(value)) return '';
  const told = value[comment];
  return told === undefined ? '' : told.replace(/^/gm, `${indent}# `) + '\n';
}

/** What comes after a key or a dash. */
function node(value: Exclude<YamlValue, undefined>, depth: number): string {
  if (typeof value === 'string') return texts.get(value) ?? newText(value, depth);
  if (typeof value !== 'object' || value === null) return ` ${value}\n`;
  const written = isSequence(value) ? sequence(value, depth + 1, '') : mapping(value, depth + 1, '');
  if (written !== '') return `\n${written}`;
  return isSequence(value) ? ' []\n' : ' {}\n';
}

function isSequence(value: readonly YamlValue[] | YamlMap): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Lines of one depth. Manifests say the same few hundred words again and again: what they become is kept. */
interface Level {
  readonly indent: string;
  /** The start of a line, by the key that is on it. */
  readonly keys: Map<string, string>;
}

const levels: Level[] = [];
/** The rest of a line, by the text that is on it; short ones alone. */
const texts = new Map<string, string>();

function levelAt(depth: number): Level {
  return (levels[depth] ??= { indent: '  '.repeat(depth), keys: new Map() });
}

function newKey(key: string, depth: number): string {
  const { indent, keys } = levelAt(depth);
  const line = `${indent}${scalar(key)}:`;
  keys.set(key, line);
  return line;
}

function newText(value: string, depth: number): string {
  if (value.includes('\n') && blockText.test(value)) return block(value, levelAt(depth + 1).indent);
  const line = ` ${scalar(value)}\n`;
  if (value.length <= 40) texts.set(value, line);
  return line;
}

function block(value: string, indent: string): string {
  const lines = value.slice(0, -1).split('\n');
  return ` |\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}\n`;
}

// Printable lines, the first not indented, with one line break at the end.
const blockText = /^(?![ \n])(?:[\x20-\x7e]*\n)*[\x20-\x7e]*[\x21-\x7e]\n$/;
// Each character in one way only: a text of many = would take for ever otherwise.
const plainText = /^[A-Za-z/_][A-Za-z0-9/_.@-]*(?:[ :=,+][A-Za-z0-9/_.@=-]+(?:[ :,+][A-Za-z0-9/_.@=-]+)*)?$/;
/** Amounts with a unit, which no reader takes for a number. */
const amount = /^\d+(?:ms|[hms]|[kg]|[KMGT]i)$/;
const printable = /^[\x20-\x7e]*$/;
/** What YAML 1.1 takes for a boolean or null. @see https://yaml.org/type/bool.html */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: string): string {
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
