/** Data with fields of unknown types, such as what a JSON or YAML file contains. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is an object or a list, so that its fields can be read. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a value is an object, and not a list. */
export function isMapping(value: unknown): value is Mapping {
  return isObject(value) && !Array.isArray(value);
}
