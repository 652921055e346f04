/** The same data, with the keys of every object in the opposite order, but for what becomes a text of JSON. */
export function backwards<Data>(data: Data): Data {
  return turned(data) as Data;
}

function turned(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(turned);
  if (typeof data !== 'object' || data === null) return data;
  if ('kind' in data && data.kind === 'json') return data;
  const entries = Object.entries(data).reverse();
  return Object.fromEntries(entries.map(([key, value]) => [key, turned(value)]));
}
