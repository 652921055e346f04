import { isMapping, isObject } from '../../../constructs/model/data';

test.each<[unknown, boolean, boolean]>([
  [{}, true, true],
  [[], true, false],
  [null, false, false],
  [undefined, false, false],
  ['text', false, false],
  [() => undefined, false, false],
])('%p', (value, object, mapping) => {
  expect(isObject(value)).toBe(object);
  expect(isMapping(value)).toBe(mapping);
});
