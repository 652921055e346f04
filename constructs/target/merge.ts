import { isMapping } from '../model/data';

/**
 * Merges objects. Lists with the same key are concatenated, and objects are merged in turn.
 * @returns an object that fits the type of every part. Its type here is the type of any one of them
 * @throws Error if two objects have different values of another kind for the same key
 */
export function merge<Parts extends readonly object[]>(...parts: Parts): Parts[number] {
  // One object that grows: a workload has some forty parts, and a copy for each of them costs.
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
