/** Data with fields of unknown types, such as what a JSON or YAML file contains. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is an object or a list, so that its fields can be read. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a value is an object that a class has made, and not plain data. */
export function isMade(value: unknown): value is object {
  if (!isObject(value) || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return isObject(prototype) && Object.getPrototypeOf(prototype) !== null;
}

/** Whether a value is an object as `{ … }` makes it, and not a list. */
export function isPlainMapping(value: unknown): value is Mapping {
  return isMapping(value) && !isMade(value);
}

/** Whether a value is an object, and not a list. */
export function isMapping(value: unknown): value is Mapping {
  return isObject(value) && !Array.isArray(value);
}

/**
 * A copy of data, without the methods by which values of a stack refuse to become a string: units and publications have
 * them. The model is plain data, which can be written as JSON.
 */
export function plainCopy<Data>(data: Data): Data {
  return copyOf(data) as Data;
}

function copyOf(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(copyOf);
  if (!isMapping(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, copyOf(item)]));
}

/** The key of a method by which a value that is not plain data says what it is, such as `a reference to api`. */
export const whatItIs = Symbol('what it is');

/** What a value that is not plain data says about itself; undefined for all other values. */
export function wordsFor(value: unknown): string | undefined {
  if (!isObject(value) || !(whatItIs in value)) return undefined;
  const describe = value[whatItIs];
  return typeof describe === 'function' ? String(describe.call(value)) : undefined;
}
