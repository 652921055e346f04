import { keepsData } from '../../../constructs/environment/environment';

test.each([
  ['keep', true],
  ['delete', false],
] as const)('an environment whose data is %s', (data, keeps) => {
  expect(keepsData({ data })).toBe(keeps);
});
