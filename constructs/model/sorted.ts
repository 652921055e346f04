/** What a map has, by its keys: the order in which they are written has no meaning. */
export function sortedEntries<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1));
}
