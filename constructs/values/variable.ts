import { wordsFor } from '../model/data';
import type { SecretFolder } from '../model/storage';
import { isObject, isPlainMapping } from '../model/data';
import { joined, plain, type Template } from '../model/template';
import type { Kind } from '../shape/kind';
import { typeName } from '../shape/hidden';
import { Json } from './json';
import { Later } from './later';
import { Reference } from './reference';
import { Secret, SecretFile } from './secret';
import { Text, type TextPart } from './text';

/** The value of an environment variable. */
export type EnvironmentValue =
  string | number | boolean | Json | Secret | SecretFile | Reference | Later | Text;

/** A reference that a value uses. */
export interface UsedReference {
  readonly reference: Reference;
  /** Whether the start waits for the component of the reference; not if it comes from `later(…)`. */
  readonly waits: boolean;
}

/** A value in the model, and the references that it uses. */
export interface ReadValue {
  readonly template: Template;
  readonly used: readonly UsedReference[];
}

/** The parts of a value, if it is made of text, references and secrets; undefined for other values. */
export function partsOf(value: unknown): readonly TextPart[] | undefined {
  if (value instanceof Text) return value.parts;
  if (value instanceof Reference || value instanceof Later) return [value];
  return value instanceof Secret || value instanceof SecretFile ? [value] : undefined;
}

/** Reads the parts of a value. @throws IssuesError if `later(…)` gives no reference */
export function readParts(parts: readonly TextPart[]): ReadValue {
  const read = parts.map(readPart);
  return { template: joined(read.map(({ template }) => template)), used: read.flatMap(({ used }) => used) };
}

function readPart(part: TextPart): ReadValue {
  if (typeof part === 'string') return { template: plain(part), used: [] };
  if (part instanceof Secret) return { template: [{ secret: part.key }], used: [] };
  if (part instanceof SecretFile) {
    const used = part.reference ? [{ reference: part.reference, waits: true }] : [];
    return { template: plain(part.path), used };
  }
  const reference = part instanceof Later ? part.reference() : part;
  return { template: reference.template, used: [{ reference, waits: !(part instanceof Later) }] };
}

type Variables = Readonly<Record<string, EnvironmentValue>>;

/** The secrets that variables use by themselves, as values or as files. A component tells the secrets of its references. */
export function secretsIn(variables: Variables): Secret[] {
  return Object.values(variables)
    .flatMap((value) => partsOf(value) ?? [])
    .flatMap((part) => {
      if (part instanceof SecretFile) return [part.secret];
      return part instanceof Secret ? [part] : [];
    });
}

/** The files for variables with the path of a {@link Secret.file}. */
export function secretFolders(variables: Variables): SecretFolder[] {
  const files = Object.values(variables)
    .flatMap((value) => partsOf(value) ?? [])
    .filter((part) => part instanceof SecretFile);
  const names = [...new Set(files.map(({ secret }) => secret.key))].sort();
  if (names.length === 0) return [];
  return [{ path: SecretFile.folder, files: Object.fromEntries(names.map((name) => [name, name])) }];
}

/** The text of a plain value, and what to write instead if no variable can have it. */
export interface PlainValue {
  readonly text: string;
  readonly got: unknown;
  /** Undefined if the value is good. */
  readonly write: string | undefined;
}

/** Reads a value without parts. TypeScript accepts NaN as a number, and JavaScript accepts any value. */
export function plainValue(value: unknown): PlainValue {
  if (value instanceof Json) {
    const write = isJson(value.text) ? undefined : 'valid JSON, or Json.of(data)';
    return { text: value.text, got: value.text, write };
  }
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    return { text: String(value), got: String(value), write: undefined };
  const write = 'a text, a finite number, true or false';
  if (wordsFor(value) !== undefined || typeof value === 'symbol')
    return { text: '', got: value, write: `${write}, or a reference` };
  return { text: '', got: String(value), write };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Classes whose objects can be the value of a variable. */
const values = [Json, Secret, SecretFile, Reference, Later, Text] as const;

/** Environment variables. Messages never show what is in a wrong value: it may be a password. */
export const variablesKind: Kind<Readonly<Record<string, EnvironmentValue>>> = {
  optional: false,
  rightPart: (variables) =>
    isPlainMapping(variables)
      ? Object.fromEntries(Object.entries(variables).filter(([, value]) => insteadOf(value) === undefined))
      : undefined,
  check: (variables, field, problems) => {
    if (!isPlainMapping(variables)) {
      const write = "an object, such as { LOG_LEVEL: 'info' }";
      problems.push({
        field,
        got: undefined,
        write,
        sentence: `${field} is ${typeName(variables)}: write ${write}`,
      });
      return;
    }
    for (const [name, value] of Object.entries(variables)) {
      const write = insteadOf(value);
      if (write === undefined) continue;
      const sentence = `${field}.${name} is ${typeName(value)}: write ${write}`;
      problems.push({ field: `${field}.${name}`, got: undefined, write, sentence });
    }
  },
};

function insteadOf(value: unknown): string | undefined {
  if (values.some((known) => value instanceof known)) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return undefined;
  const plainValue = 'a text, a finite number, true or false';
  if (wordsFor(value) !== undefined) return `${plainValue}, or a reference, such as api.url`;
  if (Array.isArray(value) || isPlainMapping(value))
    return `${plainValue}, or Json.of(…) for a value in JSON`;
  return isObject(value) ? `${plainValue}, or a reference, such as api.url` : plainValue;
}
