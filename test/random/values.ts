import fc from 'fast-check';
import type { Allocation, Cpu, Duration, Size } from 'catamaran';
import type { HealthTiming } from 'catamaran';

/** For records whose keys may all be missing. */
export const optional = { requiredKeys: [] };

const character = fc
  .integer({ min: 1, max: 0x10ffff })
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** A text that any program can be given: no NUL, and no half of a character. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 10 }),
  fc.array(character, { maxLength: 6 }).map((all) => all.join('')),
  fc.constantFrom(
    '',
    ' ',
    'yes',
    'null',
    '~',
    '0x1f',
    '1e3',
    '$$',
    '$(A)',
    '${A}',
    '$',
    '# no',
    'a: b',
    '- a',
  ),
  fc.constantFrom(
    '\t',
    '\n',
    '\r\n',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u0007',
    '\u007f',
    '"\'`\\',
    '{{ a }}',
    '%s',
    '💥',
  ),
);

/** A name that code might take for a part of every object. */
const treacherous = ['constructor', 'application', 'flux', 'argocd', 'volumes', 'secrets', 'none'];

/** A DNS label that ends in no word which a target adds to names. */
export const label: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('api', 'web', 'database', 'a', 'xy', 'a1b', ...treacherous),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,7}[a-z]$/).filter((name) => !/^x-|-(public|backup)$/.test(name)),
);

/** A DNS label by which nothing refers to anything. */
export const shortLabel: fc.Arbitrary<string> = fc.constantFrom(
  'shop',
  'raft',
  'a',
  'x-1',
  'constructor',
  'b2b',
);

/** The name of a variable or a secret. */
export const variableName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('A', 'PORT', 'API_KEY', '_', '__proto__', 'constructor', 'toString', 'PATH', 'a1'),
  fc.stringMatching(/^[A-Z_][A-Za-z0-9_]{0,8}$/),
);

/** The name of a secret, which is none that every object, or every shell, has. */
export const secretName = variableName.filter((name) => !(name in {}) && !['PATH', '_'].includes(name));

export const image: fc.Arbitrary<string> = fc.constantFrom(
  'api:1.0',
  'registry.example.com:5000/team/api:1.0-rc.1',
  'ghcr.io/a/b_c/d--e:latest',
  `api@sha256:${'0'.repeat(64)}`,
  `localhost:5000/api:1@sha256:${'ab'.repeat(32)}`,
);

/** A whole number of a unit, rather a small one. */
export function whole(least: number, most: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: least, max: Math.min(most, least + 20) }),
    fc.integer({ min: least, max: most }),
  );
}

export function mebibytes(least: number, most: number): fc.Arbitrary<Size> {
  return whole(least, most).map((amount) => ({ bytes: amount * 1024 ** 2 }));
}

export function seconds(least: number, most: number): fc.Arbitrary<Duration> {
  return fc.oneof(
    whole(least, most).map((amount) => ({ milliseconds: amount * 1000 })),
    whole(least * 1000, most * 1000).map((milliseconds) => ({ milliseconds })),
  );
}

export const cpu: fc.Arbitrary<Cpu | Allocation<Cpu>> = fc.oneof(
  whole(1, 256_000).map((millicores) => ({ millicores })),
  fc.tuple(whole(1, 256_000), whole(1, 256_000)).map(([one, other]) => ({
    request: { millicores: Math.min(one, other) },
    limit: { millicores: Math.max(one, other) },
  })),
);

export const memory: fc.Arbitrary<Size | Allocation<Size>> = fc.oneof(
  mebibytes(6, 1_048_576),
  fc.tuple(whole(6, 1_048_576), whole(6, 1_048_576)).map(([one, other]) => ({
    request: { bytes: Math.min(one, other) * 1024 ** 2 },
    limit: { bytes: Math.max(one, other) * 1024 ** 2 },
  })),
);

export const timing: fc.Arbitrary<HealthTiming> = fc.record(
  {
    every: seconds(1, 3600),
    timeout: seconds(1, 3600),
    retries: whole(1, 100),
    startPeriod: seconds(0, 3600),
  },
  { requiredKeys: [] },
);

/** A program and its arguments. */
export const command: fc.Arbitrary<string[]> = fc.array(anyText, { minLength: 1, maxLength: 4 });

/** A part of a path, as a URL and a file system take it. */
export const segment: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'api',
  'v1.2',
  'x_y',
  'A-B',
  '__proto__',
  '...',
);

const field = (least: number, most: number): fc.Arbitrary<string> => {
  const value = fc.integer({ min: least, max: most });
  const range = fc
    .tuple(value, value)
    .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`);
  const part = fc.oneof(
    value.map(String),
    range,
    fc.constantFrom('*', '?'),
    fc
      .tuple(fc.oneof(range, fc.constant('*'), value.map(String)), fc.integer({ min: 1, max: 70 }))
      .map((pair) => pair.join('/')),
  );
  return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
};

/** A cron expression that comes due: no month is shorter than 28 days. */
export const cron: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('@daily', '@hourly', '0 3 * * mon-fri', '*/5 * * JAN *', '  0\t0 1 1 *  '),
  fc
    .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6))
    .map((fields) => fields.join(' ')),
);

export const timeZone: fc.Arbitrary<string> = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'Asia/Kolkata',
  'America/New_York',
);
