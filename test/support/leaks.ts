/** Where something can be read, and what can be read there. */
export type Place = readonly [where: string, text: string];

/** Values that must be seen nowhere, by their names. */
export type Values = Readonly<Record<string, string>>;

/** A value, as it may be written: as it is, in a URL, in JSON of several writers, and in base64 wherever it begins. */
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

/** The letters of base64 that a value alone decides where some bytes are before it, and anything after. */
function inBase64(value: string, before: number): string[] {
  const bytes = Buffer.from(value);
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const sure = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
}

/** Where which values can be read, in any spelling: `log of backend: API_KEY`, sorted. */
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
