import { isObject } from '../model/data';

/** Data that can be written as YAML. Properties that are undefined are left out. */
export type YamlValue = string | number | boolean | null | undefined | readonly YamlValue[] | YamlMap;

/** The key of a comment for readers of the file. It is written above the mapping. */
export const comment: unique symbol = Symbol('comment');

/** A mapping of YAML. */
export interface YamlMap {
  readonly [key: string]: YamlValue;
  /** The comment, in printable ASCII. It may have several lines. @default none */
  readonly [comment]?: string;
}

/**
 * Writes one YAML document. Readers of YAML 1.1 and 1.2 read it in the same way: a string is quoted unless all readers
 * take it for a string.
 *
 * This is our own code, because YAML libraries took half of the time of a large synth (see the benchmark). The tests
 * read its output with a YAML 1.1 reader.
 */
export function toYaml(value: YamlMap): string {
  return above(value, '') + mapping(value, 0, '');
}

/** Writes several documents. */
export function toYamlDocuments(values: readonly YamlMap[]): string {
  return values.map(toYaml).join('---\n');
}

/** @param dash the start of the first line, if the mapping is an item of a list; otherwise empty */
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

/** @param dash the start of the first line, if the sequence is an item of a list; otherwise empty */
function sequence(items: readonly YamlValue[], depth: number, dash: string): string {
  const { indent } = levelAt(depth);
  let start = `${dash === '' ? indent : dash}-`;
  let text = '';
  for (const item of items) {
    text += above(item, indent);
    // The first line of a mapping or sequence is on the line of its dash.
    if (!isObject(item)) text += start + node(item ?? null, depth);
    else if (isSequence(item)) text += sequence(item, depth + 1, `${start} `) || `${start} []\n`;
    else text += mapping(item, depth + 1, `${start} `) || `${start} {}\n`;
    start = `${indent}-`;
  }
  return text;
}

/** The comment of a mapping, as lines above it. */
function above(value: YamlValue, indent: string): string {
  if (!isObject(value) || isSequence(value)) return '';
  const text = value[comment];
  return text === undefined ? '' : text.replace(/^/gm, `${indent}# `) + '\n';
}

/** The text after a key or a dash. */
function node(value: Exclude<YamlValue, undefined>, depth: number): string {
  if (typeof value === 'string') return texts.get(value) ?? newText(value, depth);
  if (!isObject(value)) return ` ${value}\n`;
  const written = isSequence(value) ? sequence(value, depth + 1, '') : mapping(value, depth + 1, '');
  if (written !== '') return `\n${written}`;
  return isSequence(value) ? ' []\n' : ' {}\n';
}

function isSequence(value: readonly YamlValue[] | YamlMap): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Cached text for one depth. Manifests repeat the same few hundred keys and values, so a cache saves time. */
interface Level {
  readonly indent: string;
  /** The start of a line, by its key. */
  readonly keys: Map<string, string>;
}

const levels: Level[] = [];
/** The rest of a line, by its value. Only short values are cached. */
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

// Text that can be a block: printable lines, the first not indented, and exactly one line break at the end.
const blockText = /^(?![ \n])(?:[\x20-\x7e]*\n)*[\x20-\x7e]*[\x21-\x7e]\n$/;
// Text that needs no quotes. The pattern can match each character in only one way. Otherwise, a text with many = would
// take very long.
const plainText = /^[A-Za-z/_][A-Za-z0-9/_.@-]*(?:[ :=,+][A-Za-z0-9/_.@=-]+(?:[ :,+][A-Za-z0-9/_.@=-]+)*)?$/;
/** Amounts with a unit, such as 256m, 1.5s and 1h30m. No reader takes them for numbers, so they need no quotes. */
const amount = /^\d+(?:[kg]|[KMGT]i)$|^(?:\d+(?:\.\d+)?(?:ms|[hms]))+$/;
const printable = /^[\x20-\x7e]*$/;
/** Words that YAML 1.1 reads as a boolean or null. @see https://yaml.org/type/bool.html */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

function scalar(value: string): string {
  if ((plainText.test(value) && !reserved.test(value)) || amount.test(value)) return value;
  return printable.test(value) ? `'${value.replaceAll("'", "''")}'` : quoted(value);
}

// YAML has the escapes of JSON. But JSON does not escape some characters that YAML 1.1 reads as line breaks or
// does not allow.
function quoted(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u{10ffff}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
