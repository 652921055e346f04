import { parts } from './files';
import { expectedSeconds, isAlone, nextOf, rotated, waiting, type Clock, type Waiting } from './queue';

const clock: Clock = { now: 0, until: 1000, slowness: 1, built: new Set() };
const named = (file: string, seconds: number, more: Partial<Waiting> = {}): Waiting => ({
  ...{ file, seconds, attempt: 1 },
  ...more,
});

test('a table becomes a queue in its order', () => {
  expect(waiting({ b: { seconds: 5 }, a: { seconds: 7, needs: 'builder' } })).toEqual([
    { file: 'b', seconds: 5, attempt: 1 },
    { file: 'a', seconds: 7, needs: 'builder', attempt: 1 },
  ]);
});

test('the list begins elsewhere each day, and at the same place all day', () => {
  const files = 'a b c d e f g h i j'.split(' ');
  expect([0, 1, 2, 3].map((day) => rotated(files, day).join(''))).toEqual([
    'abcdefghij',
    'ghijabcdef',
    'cdefghijab',
    'ijabcdefgh',
  ]);
});

test.each([20_000, 20_417, 31_002])(
  'four days from day %d on run all files, where each runs a third',
  (day) => {
    const files = Array.from({ length: 29 }, (_, index) => index);
    const seen = [0, 1, 2, 3].flatMap((later) => rotated(files, day + later).slice(0, 11));
    expect(new Set(seen)).toEqual(new Set(files));
  },
);

test('a file starts if it ends in time, and a second try of it soon after', () => {
  expect(nextOf([named('a', 200)], { ...clock, now: 800 })?.file).toBe('a');
  expect(nextOf([named('a', 200)], { ...clock, now: 801 })).toBeUndefined();
  // 330 s are left for the first, and 270 s more for the second.
  expect(nextOf([named('a', 300)], { ...clock, now: 670 })?.file).toBe('a');
  expect(nextOf([named('a', 300)], { ...clock, now: 671 })).toBeUndefined();
});

test('a shorter one takes the place of one that does not fit', () => {
  expect(nextOf([named('long', 400), named('short', 90)], { ...clock, now: 900 })?.file).toBe('short');
});

test('a second try may end after that time', () => {
  expect(nextOf([named('a', 300, { attempt: 2 })], { ...clock, now: 970 })?.file).toBe('a');
  expect(nextOf([named('a', 300, { attempt: 2 })], { ...clock, now: 971 })).toBeUndefined();
});

test('a slow machine is expected to stay slow, and what has to be built counts', () => {
  const one = named('scan', 100, { needs: 'scanners' });
  expect(expectedSeconds(one, { ...clock, slowness: 1.5 })).toBe(1.5 * (100 + parts.scanners));
  expect(expectedSeconds(one, { ...clock, slowness: 1.5, built: new Set(['scanners']) })).toBe(150);
});

test('alone runs what says so, a second try, and what has something built for it', () => {
  const none = new Set<never>();
  expect(isAlone(named('a', 1), none)).toBe(false);
  expect(isAlone(named('a', 1, { alone: 'it takes the room of a small node' }), none)).toBe(true);
  expect(isAlone(named('a', 1, { attempt: 2 }), none)).toBe(true);
  expect(isAlone(named('a', 1, { needs: 'builder' }), none)).toBe(true);
  expect(isAlone(named('a', 1, { needs: 'builder' }), new Set(['builder'] as const))).toBe(false);
});
