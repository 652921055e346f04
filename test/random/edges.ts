/** Who can connect to whom, each as `from -> to`, once and sorted. */
export type Edges = readonly string[];

/** Edges of pairs. */
export function connectionsOf(pairs: readonly (readonly [string, string])[]): Edges {
  return [...new Set(pairs.map(([from, to]) => `${from} -> ${to}`))].sort();
}
