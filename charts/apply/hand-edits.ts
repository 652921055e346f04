/** Who Pulumi writes objects as; under one name: fields that it had set under another would stay. */
export const fieldManager = 'catamaran';

/** Fields as the API server tells who owns them. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
interface Fields {
  readonly [key: string]: Fields;
}

/** What one who wrote an object owns of it. */
interface Entry {
  readonly manager: string;
  readonly subresource?: string;
  readonly fieldsV1?: { readonly 'f:spec'?: Fields };
}

/** An object of a cluster, as far as edits of it are looked for. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly managedFields?: readonly Entry[] };
  readonly spec?: unknown;
}

/** What somebody added to an object by hand. */
export interface HandEdit {
  /** As kubectl names objects: `deployment/api`. */
  readonly object: string;
  /** The fields that were added, readable: `spec.template.spec.containers[api].env[DEBUG]`. */
  readonly added: readonly string[];
  /** What takes them away again (RFC 6902). */
  readonly patch: readonly Operation[];
}

/** A step of a JSON patch. */
type Operation =
  | { readonly op: 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** A field that only kubectl has written. */
interface Addition {
  readonly name: string;
  readonly patch: readonly Operation[];
}

/**
 * Finds what kubectl has added to an object besides what others wrote: no update of theirs takes it away, as each owns
 * its own fields. A restart, and how many replicas there are, are nobody's edit.
 * @param planned the spec that the next update writes: it takes back what kubectl has changed of it
 */
export function handEditOf({ kind, metadata, spec }: LiveObject, planned: unknown): HandEdit | undefined {
  const entries = (metadata.managedFields ?? []).filter(({ subresource }) => subresource === undefined);
  // What kubectl made is taken over by the update.
  if (!entries.some(({ manager }) => manager === fieldManager)) return undefined;
  // As one: two of its commands may have written the same.
  const byHand = entries.filter(isKubectl).map(specOf).reduce(merged, {});
  const others = entries.filter((entry) => !isKubectl(entry)).map(specOf);
  const additions = additionsIn(byHand, others, { value: spec, planned, name: 'spec', path: '/spec' });
  if (additions.length === 0) return undefined;
  return {
    object: `${kind.toLowerCase()}/${metadata.name}`,
    added: additions.map(({ name }) => name),
    // The last of a list first: the others keep their places.
    patch: additions.toReversed().flatMap(({ patch }) => patch),
  };
}

function isKubectl({ manager }: Entry): boolean {
  return manager.startsWith('kubectl') && manager !== 'kubectl-rollout';
}

const specOf = ({ fieldsV1 }: Entry): Fields => fieldsV1?.['f:spec'] ?? {};

function merged(left: Fields, right: Fields): Fields {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(left[key] ?? {}, right[key] ?? {})]));
}

/** A part of an object. */
interface Part {
  readonly value: unknown;
  /** The same part as it is to be; undefined where it is not to be. */
  readonly planned: unknown;
  readonly name: string;
  /** A JSON pointer (RFC 6901). */
  readonly path: string;
}

function additionsIn(owned: Fields, others: readonly Fields[], part: Part): Addition[] {
  const children = Object.entries(owned).flatMap(([key, fields]) => {
    const child = childOf(part, key);
    return child && child.path !== '/spec/replicas' ? [{ key, fields, ...child }] : [];
  });
  children.sort(({ index: left = 0 }, { index: right = 0 }) => left - right);
  return children.flatMap(({ key, fields, guard, ...child }) => {
    const shared = others.flatMap((other) => other[key] ?? []);
    const isWhole = Object.keys(fields).length === 0 || '.' in fields;
    if (child.planned !== undefined || shared.length > 0 || !isWhole)
      return additionsIn(fields, shared, child);
    return [{ name: child.name, patch: [...guard, { op: 'remove', path: child.path }] }];
  });
}

interface Child extends Part {
  /** Its place in a list. */
  readonly index?: number;
  /** That it is still in its place. */
  readonly guard: readonly Operation[];
}

/** What a key of {@link Fields} stands for; undefined where it is no longer there, or has no name of its own. */
function childOf({ value, planned, name, path }: Part, key: string): Child | undefined {
  if (key.startsWith('f:')) {
    const field = key.slice(2);
    const child = fieldOf(value, field);
    if (child === undefined) return undefined;
    return {
      value: child,
      planned: fieldOf(planned, field),
      name: `${name}.${field}`,
      path: `${path}/${escaped(field)}`,
      guard: [],
    };
  }
  if (!key.startsWith('k:') || !Array.isArray(value)) return undefined;
  const keys = Object.entries(JSON.parse(key.slice(2)) as Record<string, unknown>);
  const index = value.findIndex((item: unknown) =>
    keys.every(([field, wanted]) => fieldOf(item, field) === wanted),
  );
  if (index < 0) return undefined;
  // The API server writes defaults into keys.
  const same = (item: unknown) =>
    keys.every(([field, wanted]) => [wanted, undefined].includes(fieldOf(item, field)));
  const place = `${path}/${index}`;
  return {
    value: value[index] as unknown,
    planned: Array.isArray(planned) ? planned.find(same) : undefined,
    name: `${name}[${keys.map(([, wanted]) => String(wanted)).join('/')}]`,
    path: place,
    index,
    guard: keys.map(([field, wanted]) => ({
      op: 'test',
      path: `${place}/${escaped(field)}`,
      value: wanted,
    })),
  };
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}

function escaped(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}
