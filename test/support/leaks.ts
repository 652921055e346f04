/** A place that can be read, and the text that is there. */
export type Place = readonly [where: string, text: string];

/** Secret values by their names. No place may show one. */
export type Values = Readonly<Record<string, string>>;

/** All spellings of a value: plain, in a URL, in the JSON of several writers, and in base64 at any offset. */
export function spellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const escaped = (pattern: RegExp) =>
    json.replace(pattern, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const forms = [
    ...[value, json, escaped(/[<>&]/g), escaped(/[^\x20-\x7e]/g), JSON.stringify(json).slice(1, -1)],
    ...[encodeURIComponent(value), encodeURI(value), new URLSearchParams({ v: value }).toString().slice(2)],
    ...[0, 1, 2].flatMap((before) => inBase64(value, before)),
  ];
  return [...new Set(forms)];
}

/** The base64 letters of a value that stay the same, whatever bytes are around it. `before`: the bytes before it. */
function inBase64(value: string, before: number): string[] {
  const bytes = Buffer.from(value);
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const sure = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
}

/** The places that show a value in any spelling, as `log of backend: API_KEY`, sorted. */
export function seen(places: readonly Place[], values: Values): string[] {
  const sought = formsOf(values);
  const found = places.flatMap(([where, text]) =>
    sought.flatMap(([name, forms]) =>
      forms.some((form) => text.includes(form)) ? [`${where}: ${name}`] : [],
    ),
  );
  return [...new Set(found)].sort();
}

const known = new WeakMap<Values, readonly (readonly [name: string, forms: readonly string[]])[]>();

// Many texts are searched for the same values.
function formsOf(values: Values) {
  const forms =
    known.get(values) ?? Object.entries(values).map(([name, value]) => [name, spellings(value)] as const);
  known.set(values, forms);
  return forms;
}
