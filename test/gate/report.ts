import type { Failure, FileRun } from './file-run';
import type { Waiting } from './queue';

/** A time as a person reads it: 1:05 for 65 seconds. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** What a file printed, under a line that tells how it ended. */
export function fileReport({ file, seconds, failures, output }: FileRun, expected: number): string {
  const verdict = failures.length === 0 ? 'PASS' : 'FAIL';
  const lines = output
    .split('\n')
    .filter((line) => !/^(Test results written to|Ran all test suites)/.test(line));
  const shown = lines.join('\n').trim();
  return `${verdict} ${file} (${seconds} s, ${Math.round(expected)} s expected)\n${shown}\n`;
}

/** A line for each reason why tests of a file failed that passed when it ran again. */
export function flakyLines(file: string, failures: readonly Failure[]): string[] {
  return onceEach(failures).map(
    ({ test, reason }) => `FLAKY ${file}: ${test}: ${reason.split('\n').join(' ')}`,
  );
}

/** What fails many tests of a file, as all of one that cannot begin, is told once, with their number. */
function onceEach(failures: readonly Failure[]): Failure[] {
  const tests = new Map<string, string[]>();
  for (const { test, reason } of failures) tests.set(reason, [...(tests.get(reason) ?? []), test]);
  return [...tests].map(([reason, [first = '', ...others]]) => ({
    test: others.length === 0 ? first : `${first} (and ${others.length} more)`,
    reason,
  }));
}

/** What a run of many files ends with. */
export interface Summary {
  /** The last run of each file. */
  readonly runs: readonly FileRun[];
  /** Lines of {@link flakyLines}. */
  readonly flaky: readonly string[];
  /** Those for which there was no time. */
  readonly left: readonly Waiting[];
  readonly seconds: number;
}

/** The last lines of a run: counts, times, what was flaky, what did not run, and at the end why it fails. */
export function summaryReport({ runs, flaky, left, seconds }: Summary): string {
  const failed = runs.filter(({ failures }) => failures.length > 0);
  const sum = (count: (run: FileRun) => number) => runs.reduce((total, run) => total + count(run), 0);
  const failures = sum((run) => run.failures.length);
  const tests = `${sum(({ passed }) => passed)} passed, ${failures} failed, ${sum(({ skipped }) => skipped)} skipped`;
  return [
    `${runs.length - failed.length} of ${runs.length} files passed in ${clockTime(seconds)}:`,
    ...[...runs]
      .sort((one, other) => other.seconds - one.seconds)
      .map((run) => `  ${String(run.seconds).padStart(4)} s  ${run.file}`),
    `tests: ${tests}`,
    ...flaky,
    ...left.map(({ file }) => `DID NOT RUN ${file}: there was no time for it`),
    ...failed.flatMap(({ file, failures }) =>
      onceEach(failures).flatMap(({ test, reason }) => [`FAILED ${file}: ${test}`, reason]),
    ),
    '',
  ].join('\n');
}
