/** Joins two pieces of data: lists are joined, objects are merged, and what both have must be either. */
export function merge<Data extends object>(left: Data, right: Data): Data {
  const result: Record<string, unknown> = { ...(left as Record<string, unknown>) };
  for (const [key, value] of Object.entries(right)) {
    const before = result[key];
    result[key] = before === undefined ? value : join(key, before, value);
  }
  return result as Data;
}

function join(key: string, left: unknown, right: unknown): unknown {
  if (Array.isArray(left) && Array.isArray(right)) return [...(left as unknown[]), ...(right as unknown[])];
  if (isObject(left) && isObject(right)) return merge(left, right);
  if (left === right) return left;
  throw new Error(`two fields of the model both set ${key}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
