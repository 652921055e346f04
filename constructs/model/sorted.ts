/** Items, sorted by a text of each. */
export function sortedBy<Item>(items: Iterable<Item>, text: (item: Item) => string): Item[] {
  return [...items].sort((left, right) => (text(left) < text(right) ? -1 : 1));
}

/** Items, sorted by name, each name once: of several items with a name, the last. */
export function distinctByName<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  const byName = new Map(items.map((item) => [item.name, item]));
  return sortedBy(byName.values(), ({ name }) => name);
}

/** The entries of a map, sorted by key, so that their order in a stack does not change the output. */
export function sortedEntries<Value>(map: Readonly<Record<string, Value>>): [string, Value][] {
  return sortedBy(Object.entries(map), ([key]) => key);
}

/** A copy of a map, sorted by key. */
export function sortedKeys<Sorted extends Readonly<Record<string, unknown>>>(map: Sorted): Sorted {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(map).sort()) result[key] = map[key];
  return result as Sorted;
}

/** Items in groups with the same text, in the order of the first item of each group. */
export function groupedBy<Item>(items: Iterable<Item>, text: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = text(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Items of plain data, each once, in their order. */
export function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
