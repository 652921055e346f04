import fc from 'fast-check';
import type { Description } from './description';
import { wrongText, wrongNumber } from './wrong';

/** A place in a description, picked by a number of any size, and the change there. */
export interface Spoiling {
  readonly place: number;
  readonly change: Change;
}

type Change =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'list'; readonly value: 'empty' | 'twice' }
  | { readonly kind: 'key'; readonly value: string };

/** What a program without a compiler may pass on: something of any type. */
export interface Mistyping {
  readonly place: number;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('text'), value: wrongText }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('number'), value: wrongNumber }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('list'), value: fc.constantFrom('empty', 'twice') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('key'), value: wrongText }) },
);

/** Some changes of texts, numbers, lists and keys. */
export const spoilings: fc.Arbitrary<Spoiling[]> = fc.array(fc.record({ place: fc.nat(1e6), change }), {
  minLength: 1,
  maxLength: 4,
});

/** Some values of wrong types. */
export const mistypings: fc.Arbitrary<Mistyping[]> = fc.array(
  fc.record({
    place: fc.nat(1e6),
    value: fc.oneof(
      fc.constantFrom(undefined, null, 0, 1, '', 'text', true, Number.NaN),
      fc.constantFrom<unknown>([], {}, [1], [null], { a: 1 }, { kind: 'other' }, 10n, Math.max),
    ),
  }),
  { minLength: 1, maxLength: 2 },
);

type Path = readonly (string | number)[];

/** The description with the changes. Kinds and targets stay, since the tests build by them. */
export function spoiled(description: Description, some: readonly Spoiling[]): Description {
  return some.reduce<Description>((whole, { place, change: to }) => {
    const fitting = placesIn(whole).filter(
      ({ path, value }) => path.at(-1) !== 'kind' && path.at(-1) !== 'target' && fits(to, path, value),
    );
    const found = fitting[place % Math.max(1, fitting.length)];
    return found ? (replaced(whole, found.path, (value) => changed(to, value)) as Description) : whole;
  }, description);
}

/** The description with the values of wrong types. Kinds and targets stay, since the tests build by them. */
export function mistyped(description: Description, some: readonly Mistyping[]): Description {
  return some.reduce<Description>((whole, { place, value }) => {
    const all = placesIn(whole).filter(({ path }) => isInProps(path));
    const found = all[place % Math.max(1, all.length)];
    return found ? (replaced(whole, found.path, () => value) as Description) : whole;
  }, description);
}

// Leaves out what the tests read themselves: it is no input of the product.
function isInProps(path: Path): boolean {
  const [first, second, third, ...others] = path;
  const own = [
    'kind',
    'target',
    'env',
    'files',
    'image',
    'waitsFor',
    'health',
    'liveness',
    'routes',
    'overrides',
    'expose',
    'managed',
  ];
  if (first === 'components')
    return third === 'props' && others.length > 0 && !others.some((key) => own.includes(String(key)));
  if (first === 'place')
    return (
      second !== undefined &&
      !['target', 'proxy', 'gitops', 'secrets'].includes(String(second)) &&
      !(second === 'components' && others.length === 0) &&
      !path.some((key) => own.includes(String(key)))
    );
  // The name of an environment is the key of an object, so it is always a text.
  return first !== 'open' && first !== 'environment';
}

interface Place {
  readonly path: Path;
  readonly value: unknown;
}

function placesIn(value: unknown, path: Path = []): Place[] {
  const own = path.length > 0 ? [{ path, value }] : [];
  if (Array.isArray(value))
    return [...own, ...value.flatMap((item, index) => placesIn(item, [...path, index]))];
  if (typeof value !== 'object' || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

function fits(to: Change, path: Path, value: unknown): boolean {
  switch (to.kind) {
    case 'text':
      return typeof value === 'string' && !words.includes(value);
    case 'number':
      return typeof value === 'number';
    case 'list':
      return Array.isArray(value);
    case 'key':
      return maps.includes(String(path.at(-1))) && !Array.isArray(value);
  }
}

/** Words of the product's types: a compiler lets no other text stand there. */
const words = [
  'off',
  'keep',
  'delete',
  'memory',
  'disk',
  'image',
  'target',
  'manual',
  'read-write',
  'none',
  'ingress-nginx',
  'env-file',
  'pulumi-config',
  'url',
  'endpoint',
  'ClusterSecretStore',
  'SecretStore',
  'GitRepository',
  'OCIRepository',
  'Bucket',
];

// Objects whose keys the user chooses.
const maps = ['env', 'files', 'volumes', 'exceptions', 'choices', 'annotations', 'labels', 'components'];

function changed(to: Change, value: unknown): unknown {
  switch (to.kind) {
    case 'text':
    case 'number':
      return to.value;
    case 'list':
      return Array.isArray(value) && to.value === 'twice'
        ? [...(value as unknown[]), ...(value as unknown[])]
        : [];
    case 'key': {
      const [[, first] = [], ...others] = Object.entries(value as object);
      return first === undefined ? value : Object.fromEntries([[to.value, first], ...others]);
    }
  }
}

function replaced(whole: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(whole);
  if (Array.isArray(whole))
    return whole.map((item, index): unknown => (index === key ? replaced(item, rest, change) : item));
  const entries = Object.entries(whole as object).map(([name, item]): [string, unknown] => [
    name,
    name === key ? replaced(item, rest, change) : item,
  ]);
  return Object.fromEntries(entries);
}
