/** The entries of a map in the order of its keys, so that the order in a stack does not change the output. */
export function sortedEntries<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** A map in the order of its keys. */
export function sortedKeys<Sorted extends Readonly<Record<string, unknown>>>(map: Sorted): Sorted {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(map).sort()) result[key] = map[key];
  return result as Sorted;
}
