import fc from 'fast-check';
import type { Description } from './description';

/** A place in a description, picked by a number of any size, and what takes it. */
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

export const wrongText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'A B',
    '..',
    '../..',
    '/',
    '//',
    '/srv/..',
    './a',
    '/a/',
    '/etc',
    'a/../b',
    '~',
    '.',
    '-',
    '--x',
    '-a',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'localhost',
    'files-0',
    'api-public',
    'api-backup',
  ),
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud800',
    'a\udfff',
    '\n',
    'a\nb',
    '\r',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u001b[31m',
    'ä',
    'А',
    '💥',
  ),
  fc.constantFrom(
    '${x}',
    '$(x)',
    '{{x}}',
    '#',
    ': ',
    '- a',
    '!!binary',
    '*a',
    '&a',
    '<<',
    '%YAML',
    '---',
    '"',
    "'",
    '\\',
  ),
  fc.constantFrom(
    'a:',
    ':1',
    'a:1:2',
    'A:1',
    'a@sha256:1',
    'nginx',
    'http://',
    'https://user:pw@h/',
    'file:///etc',
    '//h',
    '1.2.3.4',
    '::1',
  ),
  fc.constantFrom(
    '* * * * *',
    '60 * * * *',
    '* * 31 2 *',
    '*/0 * * * *',
    '5-1 * * * *',
    '@reboot',
    'TZ=UTC 0 0 * * *',
    'a b c d e',
  ),
  fc.constantFrom(
    'x'.repeat(64),
    'x'.repeat(254),
    'x-'.repeat(2000),
    '/'.repeat(2000),
    'a.'.repeat(500),
    '1'.repeat(400),
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 5 })
    .map((units) => String.fromCharCode(...units)),
);

export const wrongNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Infinity,
    -Infinity,
    -1,
    -0,
    0,
    0.5,
    1.5,
    1e-9,
    1e21,
    1e300,
    2 ** 31,
    2 ** 53,
    65_536,
    80,
    1001,
    3601,
  ),
  fc.double(),
  fc.integer(),
);

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('text'), value: wrongText }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('number'), value: wrongNumber }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('list'), value: fc.constantFrom('empty', 'twice') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('key'), value: wrongText }) },
);

export const spoilings: fc.Arbitrary<Spoiling[]> = fc.array(fc.record({ place: fc.nat(1e6), change }), {
  minLength: 1,
  maxLength: 4,
});

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

/** The description with other texts, numbers, lists and names in some places; the kinds of things stay. */
export function spoiled(description: Description, some: readonly Spoiling[]): Description {
  return some.reduce<Description>((whole, { place, change: to }) => {
    const fitting = placesIn(whole).filter(
      ({ path, value }) => path.at(-1) !== 'kind' && path.at(-1) !== 'target' && fits(to, path, value),
    );
    const found = fitting[place % Math.max(1, fitting.length)];
    return found ? (replaced(whole, found.path, (value) => changed(to, value)) as Description) : whole;
  }, description);
}

/** The description with something of any type in some places; the kinds of things stay, as they say how to build. */
export function mistyped(description: Description, some: readonly Mistyping[]): Description {
  return some.reduce<Description>((whole, { place, value }) => {
    const all = placesIn(whole).filter(({ path }) => isInProps(path));
    const found = all[place % Math.max(1, all.length)];
    return found ? (replaced(whole, found.path, () => value) as Description) : whole;
  }, description);
}

// What the builder of tests reads itself is no input of the product.
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
  return first !== 'open';
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

/** Words of the types, which no text can take the place of. */
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

// Things whose keys a user chooses.
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
