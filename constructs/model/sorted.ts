/** The entries of a map, sorted by key, so that their order in a stack does not change the output. */
export function sortedEntries<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1));
}

/** A copy of a map, sorted by key. */
export function sortedKeys<Sorted extends Readonly<Record<string, unknown>>>(map: Sorted): Sorted {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(map).sort()) result[key] = map[key];
  return result as Sorted;
}
