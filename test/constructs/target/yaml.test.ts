import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import {
  comment,
  toYaml,
  toYamlDocuments,
  type YamlMap,
  type YamlValue,
} from '../../../constructs/target/yaml';
import { nasty, emoji } from './yaml-texts';

const text = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => Buffer.from(value).toString() === value),
  fc.array(fc.constantFrom(...nasty), { maxLength: 4 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...nasty), { maxLength: 4 }).map((parts) => parts.join('\n')),
);

/** Readers look no further than 1024 characters for the end of a key. */
const key = text.filter((value) => value.length < 100 && value !== '__proto__');
const number = fc
  .oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -1e6, max: 1e6 }).map((thousandths) => thousandths / 1000),
  )
  .map((value) => (value === 0 ? 0 : value));

const value = fc.letrec<{ node: YamlValue; map: YamlMap }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(text, number, fc.boolean(), fc.constant(null)),
    fc.array(tie('node'), { maxLength: 4 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('node'), { maxKeys: 4, noNullPrototype: true }),
})).map;

// A document without a key is null to a reader; no file of ours is one.
const document = value.filter((map) => Object.keys(map).length > 0);

const versions = ['1.1', '1.2'] as const;

describe.each(versions)('a reader of YAML %s', (version) => {
  test('reads back any data', () => {
    fc.assert(
      fc.property(document, (data) => {
        expect(parse(toYaml(data), { version })).toEqual(data);
      }),
      { numRuns: 400 },
    );
  });

  test.each(['10s', '1m30s', '1.5s', '1.001s', '2h0m5s', '500ms', '256m', '1500k', '2g', '64Mi'])(
    'reads %s as text, without quotes',
    (amount) => {
      expect(toYaml({ amount })).toBe(`amount: ${amount}\n`);
      expect(parse(`amount: ${amount}\n`, { version })).toEqual({ amount });
    },
  );

  test.each([...nasty, ...emoji])('reads back %j as a value, as a key, and in a list', (nastyText) => {
    const short = nastyText.slice(0, 500);
    const data = { value: nastyText, [`k${short}`]: 1, list: [nastyText, [nastyText], { a: nastyText }] };
    expect(parse(toYaml(data), { version })).toEqual(data);
    expect(parse(toYaml({ [short]: { [short]: nastyText } }), { version })).toEqual({
      [short]: { [short]: nastyText },
    });
  });

  test('reads several documents from one file', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (documents) => {
        const read = parseAllDocuments(toYamlDocuments(documents), { version });
        expect(read.map((one) => one.toJS() as unknown)).toEqual(documents);
      }),
      { numRuns: 100 },
    );
  });
});

test('the same data gives the same text', () => {
  fc.assert(
    fc.property(document, (data) => {
      expect(toYaml(structuredClone(data))).toBe(toYaml(data));
    }),
    { numRuns: 100 },
  );
});

test('the text is printable ASCII whatever the data is', () => {
  fc.assert(
    fc.property(document, (data) => {
      expect(toYaml(data)).toMatch(/^[\n\x20-\x7e]*$/);
    }),
    { numRuns: 200 },
  );
});

test('a property that is undefined is left out, an empty one is not', () => {
  expect(toYaml({ a: undefined, b: {}, c: [], d: '', e: null, f: { g: undefined } })).toBe(
    "b: {}\nc: []\nd: ''\ne: null\nf: {}\n",
  );
});

test('text of several lines is a block that can be read, and a list of maps starts on its dashes', () => {
  expect(toYaml({ script: 'if true\n  then\nfi\n', items: [{ name: 'a', on: true }, [1, 2], {}] })).toBe(
    `script: |
  if true
    then
  fi
items:
  - name: a
    'on': true
  - - 1
    - 2
  - {}
`,
  );
});

test('a text of many equal signs is written fast', () => {
  const value = `A${'=1'.repeat(200)}$`;
  expect(toYaml({ value })).toBe(`value: '${value}'\n`);
});

test('a mapping may have a comment above it', () => {
  const two = { [comment]: 'first\nsecond: line', b: 1 };
  const items = [{ [comment]: 'of an item', c: 1 }, { d: 2 }];
  const documents = [{ [comment]: 'heading', a: two, items, empty: { [comment]: 'nothing' } }, { e: 3 }];
  const text = toYamlDocuments(documents);
  expect(text).toBe(`# heading
# first
# second: line
a:
  b: 1
items:
  # of an item
  - c: 1
  - d: 2
# nothing
empty: {}
---
e: 3
`);
  const read = parseAllDocuments(text).map((one) => one.toJS() as unknown);
  expect(read).toEqual([{ a: { b: 1 }, items: [{ c: 1 }, { d: 2 }], empty: {} }, { e: 3 }]);
});

const python = spawnSync('python3', ['-c', 'import yaml']).status === 0;

// Another reader of YAML 1.1, where there is one on this machine.
(python ? test : undefined)?.('PyYAML reads back any data', () => {
  const samples = fc.sample(document, 200);
  const all = [...samples, { nasty }, Object.fromEntries(nasty.map((one) => [one.slice(0, 500), one]))];
  const script = 'import sys,json,yaml;print(json.dumps(list(yaml.load_all(sys.stdin,yaml.SafeLoader))))';
  const { stdout, stderr } = spawnSync('python3', ['-c', script], {
    input: toYamlDocuments(all),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout) as unknown).toEqual(all);
});
