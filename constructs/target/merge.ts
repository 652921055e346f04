import { isMapping } from '../model/data';

/**
 * Merges objects. For the same key, two lists are joined, two objects are merged, and two other values must be equal.
 * @returns an object that fits the type of every part; its type here is the type of any one of them
 * @throws Error if two values for the same key cannot be joined or merged, and are not equal
 */
export function merge<Parts extends readonly object[]>(...parts: Parts): Parts[number] {
  // All parts are merged into one object. A workload has about forty parts: a copy for each would take time.
  const result: Record<string, unknown> = {};
  for (const part of parts as readonly Readonly<Record<string, unknown>>[])
    for (const key in part) {
      const before = result[key];
      result[key] = before === undefined ? part[key] : join(key, before, part[key]);
    }
  return result;
}

function join(key: string, left: unknown, right: unknown): unknown {
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if (isMapping(left) && isMapping(right)) return merge(left, right);
  if (left === right) return left;
  throw new Error(`two fields of the model both set ${key}`);
}
