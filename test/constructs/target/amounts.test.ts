import { Size } from 'catamaran';
import { counted, goDuration, inUnits, nginxSize, shortDuration } from '../../../constructs/target/amounts';

test.each([
  [0, '0s', '0s'],
  [500, '500ms', '500ms'],
  [1000, '1s', '1s'],
  [1500, '1.5s', '1.5s'],
  [60_000, '1m0s', '1m'],
  [90_000, '1m30s', '1m30s'],
  [3_600_000, '1h0m0s', '1h'],
  [3_630_000, '1h0m30s', '1h30s'],
  [3_661_000, '1h1m1s', '1h1m1s'],
  [90_000_000, '25h0m0s', '25h'],
])('%d ms are %s to Go, and %s to people', (milliseconds, go, short) => {
  expect(goDuration(milliseconds)).toBe(go);
  expect(shortDuration(milliseconds)).toBe(short);
});

test.each([
  [0, 0],
  [1023, 1023],
  [1024, '1k'],
  [1025, 1025],
  [64 * 1024 ** 2, '64m'],
  [1.5 * 1024 ** 3, '1536m'],
  [2 * 1024 ** 3, '2g'],
  [1024 ** 4, '1024g'],
])('%d bytes are %s', (bytes, text) => {
  expect(inUnits(bytes, ['k', 'm', 'g'])).toBe(text);
});

test('a negative amount is told in the same unit as a positive one', () => {
  expect(inUnits(-2 * 1024 ** 2, ['k', 'm'])).toBe('-2m');
});

test.each([
  [Size.bytes(1), '1'],
  [Size.kibibytes(10), '10k'],
  [Size.bytes(10 * 1024 + 1), '10241'],
  [Size.mebibytes(1), '1m'],
])('nginx reads %p as %s', (size, text) => {
  expect(nginxSize(size)).toBe(text);
});

test.each([
  [1, '1 second'],
  [-1, '-1 second'],
  [0, '0 seconds'],
  [0.5, '0.5 seconds'],
  [2, '2 seconds'],
])('%d of a thing is counted as %s', (amount, text) => {
  expect(counted(amount, 'second')).toBe(text);
});
