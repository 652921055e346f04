import { formatIssue, type Issue } from '../../../constructs/issue';
import {
  bytes,
  checkAllocation,
  checkAmount,
  checkNumber,
  checkSeconds,
  mebibytes,
  millicores,
  reportTo,
  type Report,
} from '../../../constructs/target/report';

/** The messages that a check reports. */
function reported(check: (report: Report) => void): string[] {
  const issues: Issue[] = [];
  check(reportTo(issues, 'shop/api'));
  return issues.map(formatIssue);
}

test.each<[number, string[]]>([
  [5, []],
  [0, ['shop/api: replicas is 0: write a whole number from 1 to 10']],
  [11, ['shop/api: replicas is 11: write a whole number from 1 to 10']],
  [1.5, ['shop/api: replicas is 1.5: write a whole number from 1 to 10']],
])('a number of %d', (got, told) => {
  expect(
    reported((report) => {
      checkNumber(report, 'replicas', got, 1, 10);
    }),
  ).toEqual(told);
});

test.each<[number, string[]]>([
  [2500, []],
  [1000, ['shop/api: every is 1 second: write 2 to 60 seconds']],
  [500, ['shop/api: every is 0.5 seconds: write 2 to 60 seconds']],
  [Number.NaN, ['shop/api: every is NaN seconds: write 2 to 60 seconds']],
])('a duration of %d ms', (milliseconds, told) => {
  expect(
    reported((report) => {
      checkSeconds(report, 'every', { milliseconds }, 2, 60);
    }),
  ).toEqual(told);
});

test.each([
  [-1, '-1 byte: write 1 byte or more'],
  [-5 * 1024 ** 2, '-5 MiB: write 1 byte or more'],
  [1.5 * 1024 ** 3, '1536 MiB: write 1 GiB or less'],
  [2 * 1024 ** 4, '2 TiB: write 1 GiB or less'],
  [1024 ** 3 + 1, '1073741825 bytes: write 1 GiB or less'],
  [0.5, '0.5 bytes: write a whole number of bytes, 1 byte or more'],
])('a size of %d bytes is told in the unit that fits', (got, told) => {
  const bounds = { unit: bytes, least: 1, most: 1024 ** 3 };
  expect(
    reported((report) => {
      checkAmount(report, 'size', got, bounds);
    }),
  ).toEqual([`shop/api: size is ${told}`]);
});

test.each<[number, number, string[]]>([
  [1, 6, []],
  [-5, 6, ['memory.request is -5 MiB: write 1 MiB or more']],
  [7, 6, ['memory.request is 7 MiB: write no more than memory.limit, which is 6 MiB']],
  [1.5, 6, ['memory.request is 1.5 MiB: write a whole number of MiB, 1 MiB or more']],
  [1, 5, ['memory.limit is 5 MiB: write 6 MiB or more']],
  [1, 2048, ['memory.limit is 2 GiB: write 1 GiB or less']],
])('a request of %d MiB with a limit of %d MiB', (request, limit, told) => {
  const bounds = { unit: mebibytes, least: 6, most: 1024 };
  expect(
    reported((report) => {
      checkAllocation(report, 'memory', { request, limit }, bounds);
    }),
  ).toEqual(told.map((message) => `shop/api: ${message}`));
});

test('one millicore is singular', () => {
  const bounds = { unit: millicores, least: 2, most: 10 };
  expect(
    reported((report) => {
      checkAmount(report, 'cpu', 1, bounds);
    }),
  ).toEqual(['shop/api: cpu is 1 millicore: write 2 millicores or more']);
});
