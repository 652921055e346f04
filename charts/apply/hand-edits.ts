import { isObject } from '../../constructs/model/data';

/** The field manager of Pulumi. The name must never change: fields that Pulumi has set under another name would stay. */
export const fieldManager = 'catamaran';

/** Fields that one manager owns, in the format of the API server. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/ */
interface Fields {
  readonly [key: string]: Fields;
}

/** The fields of an object that one field manager owns. */
interface Entry {
  readonly manager: string;
  readonly subresource?: string;
  readonly fieldsV1?: { readonly 'f:spec'?: Fields };
}

/** The part of an object in the cluster that the search for edits reads. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly managedFields?: readonly Entry[] };
  readonly spec?: unknown;
}

/** The fields that somebody added to an object by hand. */
export interface HandEdit {
  /** The object as an argument of kubectl, such as `deployment/api`. */
  readonly object: string;
  /** The fields that were added, such as `spec.template.spec.containers[api].env[DEBUG]`. */
  readonly added: readonly string[];
  /** The JSON patch that removes the fields (RFC 6902). */
  readonly patch: readonly Operation[];
}

/** A step of a JSON patch. */
type Operation =
  | { readonly op: 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** A field that only kubectl has set, and that is not in the plan. */
interface Addition {
  readonly name: string;
  readonly patch: readonly Operation[];
}

/**
 * Finds fields that somebody added to an object with kubectl. No update removes them, because with server-side apply each
 * field manager owns its own fields. A restart and a changed number of replicas do not count as edits.
 * @param planned the spec that the next update writes; it overwrites what kubectl has changed in these fields
 */
export function handEditOf({ kind, metadata, spec }: LiveObject, planned: unknown): HandEdit | undefined {
  const entries = (metadata.managedFields ?? []).filter(({ subresource }) => subresource === undefined);
  // Without fields of Pulumi, kubectl created the object: the update takes it over.
  if (!entries.some(({ manager }) => manager === fieldManager)) return undefined;
  // Two kubectl commands may have set the same field.
  const byHand = entries.filter(isKubectl).map(specOf).reduce(merged, {});
  const others = entries.filter((entry) => !isKubectl(entry)).map(specOf);
  const additions = additionsIn(byHand, others, { value: spec, planned, name: 'spec', path: '/spec' });
  if (additions.length === 0) return undefined;
  return {
    object: `${kind.toLowerCase()}/${metadata.name}`,
    added: additions.map(({ name }) => name),
    // From the last item of a list to the first, so that the indexes of the others stay the same.
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

/** A field of an object, or an item of a list in it. */
interface Part {
  readonly value: unknown;
  /** The planned value; undefined if not planned. */
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
  /** Its index, if it is an item of a list. */
  readonly index?: number;
  /** Operations that fail if the item is no longer at its index. */
  readonly guard: readonly Operation[];
}

/** The part for a key of {@link Fields}; undefined if it no longer exists, or if the key is not a field or list item. */
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
  // The keys of the API server contain default values, which the plan may leave out.
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
  return isObject(value) ? Reflect.get(value, field) : undefined;
}

function escaped(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}
