import type { Part } from './files';
import type { Failure, FileRun } from './file-run';
import { failuresOf } from './file-run';
import { Gate } from './gate';
import type { Waiting } from './queue';
import { flakyLines, summaryReport, type Summary } from './report';

const named = (file: string, seconds: number, more: Partial<Waiting> = {}): Waiting => ({
  ...{ file, seconds, attempt: 1 },
  ...more,
});
const failure: Failure = { test: 'comes up', reason: 'not within 60 s\nreally' };

/** What happened at a gate whose files take as long as they are expected to, on a clock of its own. */
interface Passed {
  readonly summary: Summary;
  /** `12: start a` and `20: end a`, in order. */
  readonly events: readonly string[];
  readonly printed: string;
}

/** @param failing how often a file fails before it passes */
async function pass(
  files: readonly Waiting[],
  until: number,
  failing: Record<string, number> = {},
): Promise<Passed> {
  let now = 0;
  const timers: { readonly at: number; readonly ring: () => void }[] = [];
  const wait = (seconds: number) =>
    new Promise<void>((ring) => {
      timers.push({ at: now + seconds, ring });
    });
  const events: string[] = [];
  let printed = '';
  const tries: Record<string, number> = {};
  const built = new Set<Part>();
  const around = {
    now: () => now,
    built,
    print: (text: string) => {
      printed += text;
    },
    build: async (part: Part) => {
      events.push(`${now}: build ${part}`);
      await wait(10);
      built.add(part);
    },
    run: async (file: string, limit: number): Promise<FileRun> => {
      const seconds = Math.min(limit, files.find((one) => one.file === file)?.seconds ?? 0);
      events.push(`${now}: start ${file}`);
      await wait(seconds);
      events.push(`${now}: end ${file}`);
      tries[file] = (tries[file] ?? 0) + 1;
      const fails = tries[file] <= (failing[file] ?? 0);
      return {
        file,
        seconds,
        passed: fails ? 0 : 1,
        skipped: 0,
        failures: fails ? [failure] : [],
        output: `said by ${file}`,
      };
    },
  };
  const over = new AbortController();
  const passing = new Gate(files, until, around).pass().finally(() => {
    over.abort();
  });
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    if (over.signal.aborted) break;
    timers.sort((one, other) => one.at - other.at);
    const next = timers.shift();
    if (!next) throw new Error('the gate waits for nothing');
    now = next.at;
    next.ring();
  }
  return { summary: await passing, events, printed };
}

test('files run two at a time, in order', async () => {
  const files = [named('a', 10), named('b', 30), named('c', 10)];
  const { events, summary, printed } = await pass(files, Infinity);
  expect(events).toEqual(['0: start a', '0: start b', '10: end a', '10: start c', '20: end c', '30: end b']);
  expect(printed.split('\n').filter((line) => line.startsWith('['))).toEqual([
    '[0:00] RUNS a (10 s expected)',
    '[0:00] RUNS b (30 s expected)',
    '[0:10] PASS a (10 s, 10 s expected)',
    '[0:10] RUNS c (10 s expected)',
    '[0:20] PASS c (10 s, 10 s expected)',
    '[0:30] PASS b (30 s, 30 s expected)',
  ]);
  expect(summary).toMatchObject({ flaky: [], left: [], seconds: 30 });
  expect(summary.runs.map(({ file }) => file)).toEqual(['a', 'c', 'b']);
});

test('one that is alone waits for those before it, and those after it wait for it', async () => {
  const files = [
    named('a', 10),
    named('b', 30, { alone: 'it takes the room of a small node' }),
    named('c', 5),
  ];
  expect((await pass(files, Infinity)).events).toEqual([
    ...['0: start a', '10: end a', '10: start b', '40: end b', '40: start c', '45: end c'],
  ]);
});

test('what the testbed lacks is built when a file that needs it is next, once', async () => {
  const files = [
    named('a', 10),
    named('b', 10, { needs: 'scanners' }),
    named('c', 10, { needs: 'scanners' }),
  ];
  expect((await pass(files, Infinity)).events).toEqual([
    ...[
      '0: start a',
      '10: end a',
      '10: build scanners',
      '20: start b',
      '30: end b',
      '30: start c',
      '40: end c',
    ],
  ]);
});

test('a file that fails and then passes, alone, is flaky, and the gate is open', async () => {
  const { summary, events, printed } = await pass([named('a', 10), named('b', 30)], Infinity, { a: 1 });
  const line = 'FLAKY a: comes up: not within 60 s really';
  expect(events).toEqual(['0: start a', '0: start b', '10: end a', '30: end b', '30: start a', '40: end a']);
  expect(summary.flaky).toEqual([line]);
  expect(printed).toContain(`\n${line}\n`);
  expect(summaryReport(summary)).toBe(
    [
      '2 of 2 files passed in 0:40:',
      '    30 s  b',
      '    10 s  a',
      'tests: 2 passed, 0 failed, 0 skipped',
      line,
      '',
    ].join('\n'),
  );
});

test('one that fails twice is not run again, and its reason is the last thing that is printed', async () => {
  const { summary, events } = await pass([named('a', 10)], Infinity, { a: 3 });
  expect(events).toEqual(['0: start a', '10: end a', '10: start a', '20: end a']);
  expect(summaryReport(summary)).toBe(
    [
      '0 of 1 files passed in 0:20:',
      '    10 s  a',
      'tests: 0 passed, 1 failed, 0 skipped',
      'FAILED a: comes up',
      'not within 60 s',
      'really',
      '',
    ].join('\n'),
  );
});

test('a second try takes time from the files after it, and those that did not run are named', async () => {
  const files = [
    named('a', 60, { alone: 'it takes the room of a small node' }),
    named('b', 60),
    named('c', 20),
  ];
  const { summary, events } = await pass(files, 150, { a: 1 });
  expect(events).toEqual([
    '0: start a',
    '60: end a',
    '60: start a',
    '120: end a',
    '120: start c',
    '140: end c',
  ]);
  expect(summaryReport(summary)).toContain('\nDID NOT RUN b: there was no time for it\n');
});

test('a first try for whose second there is no time has failed', async () => {
  const files = [named('a', 100), named('b', 200)];
  const { summary, events } = await pass(files, 210, { a: 1, b: 1 });
  expect(events.slice(-2)).toEqual(['200: start b', '400: end b']);
  expect(summary.left).toEqual([]);
  expect(summary.runs.map(({ file, failures }) => [file, failures])).toEqual([
    ['a', [failure]],
    ['b', []],
  ]);
});

const report = (...assertionResults: readonly object[]) =>
  ({ testResults: [{ message: 'Error: afterAll\n    at x.ts:1:1', assertionResults }] }) as never;

test('a file fails by its tests, by what Jest says of it, or by what ended it', () => {
  const failed = {
    fullName: 'a b',
    status: 'failed',
    failureMessages: ['\u001b[31mError: no\u001b[39m\n   at x.ts:1:1\n\nmore'],
  };
  const passed = { fullName: 'a c', status: 'passed', failureMessages: [] };
  expect(failuresOf(report(failed, passed), 1, '')).toEqual([{ test: 'a b', reason: 'Error: no\nmore' }]);
  expect(failuresOf(report(passed), 1, '')).toEqual([{ test: 'the file', reason: 'Error: afterAll' }]);
  expect(failuresOf({ testResults: [] }, null, 'it was ended after 600 s')).toEqual([
    { test: 'the file', reason: 'it was ended after 600 s' },
  ]);
  expect(failuresOf({ testResults: [] }, null, '')).toEqual([
    { test: 'the file', reason: 'Jest ended with a signal' },
  ]);
  expect(failuresOf(report(passed), 0, '')).toEqual([]);
});

test('what fails many tests of a file is counted for each, and told once', () => {
  const reason = 'Error: no\nmore';
  const failed = (fullName: string) => ({ fullName, status: 'failed', failureMessages: [reason] });
  const failures = failuresOf(report(failed('a b'), failed('a d')), 1, '');
  expect(failures).toEqual([
    { test: 'a b', reason },
    { test: 'a d', reason },
  ]);
  const other = { test: 'a c', reason: 'another' };
  expect(flakyLines('a', [...failures, other])).toEqual([
    'FLAKY a: a b (and 1 more): Error: no more',
    'FLAKY a: a c: another',
  ]);
  const run: FileRun = { file: 'a', seconds: 10, passed: 0, skipped: 0, failures, output: '' };
  expect(summaryReport({ runs: [run], flaky: [], left: [], seconds: 10 })).toBe(
    [
      '0 of 1 files passed in 0:10:',
      '    10 s  a',
      'tests: 0 passed, 2 failed, 0 skipped',
      'FAILED a: a b (and 1 more)',
      'Error: no',
      'more',
      '',
    ].join('\n'),
  );
});
