import fc from 'fast-check';
import { contentHash, withoutHash } from '../../../constructs/target/hash';
import { merge } from '../../../constructs/target/merge';

test('a hash is eight hexadecimal digits, the same each time and on each machine', () => {
  expect(contentHash({ 'default.conf': 'server {}\n' })).toBe('b7febe4a');
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      expect(contentHash(data)).toMatch(/^[0-9a-f]{8}$/);
      expect(contentHash(JSON.parse(JSON.stringify(data)))).toBe(contentHash(data));
    }),
  );
});

test('other data has another hash', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
      fc.pre(JSON.stringify(left) !== JSON.stringify(right));
      expect(contentHash(left)).not.toBe(contentHash(right));
    }),
  );
});

test('only a hash at the end of a name is cut off', () => {
  expect(withoutHash(`api-files-${contentHash({})}`)).toBe('api-files');
  for (const name of ['api', 'api-files', 'api-1234567', 'api-123456789', '12345678'])
    expect(withoutHash(name)).toBe(name);
});

test('a merge joins lists and maps of any depth, and keeps what only one has', () => {
  expect(
    merge(
      { a: [1], b: { c: 1, d: { e: [2] } }, f: 'same' },
      { a: [2], b: { d: { e: [3], g: null } }, f: 'same', h: 0 },
    ),
  ).toEqual({ a: [1, 2], b: { c: 1, d: { e: [2, 3], g: null } }, f: 'same', h: 0 });
});

test('a merge changes neither of its sides', () => {
  const left = { a: [1], b: { c: [1] } };
  const right = { a: [2], b: { c: [2] } };
  merge(left, right);
  expect({ left, right }).toEqual({ left: { a: [1], b: { c: [1] } }, right: { a: [2], b: { c: [2] } } });
});

test.each<[object, object]>([
  [{ a: 1 }, { a: 2 }],
  [{ a: [1] }, { a: { b: 1 } }],
  [{ a: 'b' }, { a: ['b'] }],
  [{ a: null }, { a: {} }],
])('a merge of %j and %j is refused, since one of them would be lost', (left, right) => {
  expect(() => merge(left, right)).toThrow(new Error('two fields of the model both set a'));
});
