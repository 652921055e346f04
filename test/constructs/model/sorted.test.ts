import { sortedBy, distinctByName, sortedEntries, sortedKeys } from '../../../constructs/model/sorted';

// Upper case comes first: the order is that of the characters, on every machine.
const map = { web: 1, Api: 2, api: 3 };

test('items are sorted by a text of each, and the list itself is not', () => {
  const items = ['bb', 'a', 'ccc'];
  expect(sortedBy(items, (item) => `${9 - item.length}`)).toEqual(['ccc', 'bb', 'a']);
  expect(items).toEqual(['bb', 'a', 'ccc']);
  expect(sortedBy(new Map(Object.entries(map)), ([key]) => key).map(([key]) => key)).toEqual([
    'Api',
    'api',
    'web',
  ]);
});

test('of items with the same name, the last is left', () => {
  const items = [
    { name: 'b', number: 1 },
    { name: 'a', number: 2 },
    { name: 'b', number: 3 },
  ];
  expect(distinctByName(items).map(({ number }) => number)).toEqual([2, 3]);
});

test('a map is sorted by its keys', () => {
  expect(sortedEntries(map)).toEqual([
    ['Api', 2],
    ['api', 3],
    ['web', 1],
  ]);
  expect(Object.keys(sortedKeys(map))).toEqual(['Api', 'api', 'web']);
});
