import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { core, further, longest } from './files';

const all = { ...core, ...further };

test('the table has every e2e test file, and no other', () => {
  const there = readdirSync(resolve(__dirname, '../e2e'), { recursive: true, encoding: 'utf8' });
  const tests = there.flatMap((name) => (name.endsWith('.test.ts') ? [name.replace(/\.test\.ts$/, '')] : []));
  expect(Object.keys(all).sort()).toEqual(tests.sort());
});

test('no file takes longer than one may', () => {
  const long = Object.entries(all).filter(([, { seconds }]) => seconds > longest);
  expect(long).toEqual([]);
});

test('core takes 10 minutes at most, two files side by side, and needs nothing that is built late', () => {
  const known = Object.values(core);
  expect(known.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThanOrEqual(2 * 600);
  expect(known.flatMap(({ needs }) => needs ?? [])).toEqual([]);
});
