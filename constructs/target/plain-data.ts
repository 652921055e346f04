import { isMapping, isObject, wordsFor } from '../model/data';

/** A copy of plain data that cannot be changed. Properties that are undefined are left out. */
export function frozenCopy<Data>(data: Data): Data {
  return freeze(data) as Data;
}

function freeze(data: unknown): unknown {
  if (Array.isArray(data)) return Object.freeze(data.map(freeze));
  if (!isObject(data)) return data;
  const entries = Object.entries(data).filter(([, item]) => item !== undefined);
  return Object.freeze(Object.fromEntries(entries.map(([key, item]) => [key, freeze(item)])));
}

/**
 * Describes in words the first part of a value that is not plain data; undefined if all parts are plain data. The value
 * itself must be an object, and not a list.
 */
export function unplainPart(value: unknown): string | undefined {
  if (isMapping(value)) return unplain(value, [], []);
  return Array.isArray(value) ? 'a list' : describe(value);
}

function unplain(value: unknown, path: readonly string[], around: readonly object[]): string | undefined {
  const problem = (what: string) => (path.length === 0 ? what : `${what} in ${path.join('.')}`);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return undefined;
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? undefined
      : problem(Number.isNaN(value) ? 'a value that is not a number' : String(value));
  if (typeof value !== 'object') return problem(describe(value));
  const words = wordsFor(value);
  if (words !== undefined) return problem(words);
  if (around.includes(value)) return problem('something that refers to itself');
  if (!Array.isArray(value) && !isPlainObject(value)) return problem(`a ${value.constructor.name}`);
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, item] of entries as Iterable<[string | number, unknown]>) {
    const found = unplain(item, [...path, String(key)], [...around, value]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function describe(value: unknown): string {
  return value === undefined || value === null ? String(value) : `a ${typeof value}`;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The value at a path such as `metadata.name`; undefined if there is none. */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => new Map(entriesOf(part)).get(key), data);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
