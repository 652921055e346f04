import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const repository = resolve(__dirname, '../..');

/** A test that failed, and why. */
export interface Failure {
  readonly test: string;
  readonly reason: string;
}

/** What became of a file. */
export interface FileRun {
  readonly file: string;
  readonly seconds: number;
  readonly passed: number;
  readonly skipped: number;
  /** None where it passed. */
  readonly failures: readonly Failure[];
  /** Everything that it printed. */
  readonly output: string;
}

/** What Jest writes of a run, as far as it matters here. */
export interface JestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/**
 * Runs an e2e file by itself.
 * @param limit seconds after which it is ended, with all that it started
 * @param signal ends it
 */
export async function runFile(file: string, limit: number, signal: AbortSignal): Promise<FileRun> {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-gate-'));
  const reportFile = join(folder, 'report.json');
  const start = Date.now();
  try {
    const ended = await jest(file, reportFile, limit, signal);
    const report = readReport(reportFile);
    const seconds = Math.round((Date.now() - start) / 1000);
    const failures = failuresOf(report, ended.code, ended.isLate ? `it was ended after ${seconds} s` : '');
    const count = (...states: string[]) => statesOf(report).filter((state) => states.includes(state)).length;
    const { output } = ended;
    return { file, seconds, passed: count('passed'), skipped: count('pending', 'todo'), failures, output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Ended {
  readonly code: number | null;
  readonly isLate: boolean;
  readonly output: string;
}

function jest(file: string, reportFile: string, limit: number, signal: AbortSignal): Promise<Ended> {
  const args = [
    ...[join(repository, 'node_modules/jest/bin/jest.js'), '--config', 'test/e2e/jest.config.js'],
    ...['--json', '--outputFile', reportFile, '--runTestsByPath', `test/e2e/${file}.test.ts`],
  ];
  // A process group of its own: what its tests have started ends with it.
  const child = spawn(process.execPath, args, {
    cwd: repository,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CATAMARAN_E2E_PREPARED: 'yes' },
  });
  let output = '';
  let isLate = false;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const kill = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(() => {
    isLate = true;
    kill();
  }, limit * 1000);
  signal.addEventListener('abort', kill, { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      const end = () => {
        resolve({ code, isLate, output });
      };
      // A daemon that a test has left behind would hold the streams open for ever.
      const rest = setTimeout(end, 2000);
      child.on('close', () => {
        clearTimeout(rest);
        end();
      });
    });
  });
}

function readReport(file: string): JestReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  } catch {
    // It was ended before it could write one.
    return { testResults: [] };
  }
}

const statesOf = ({ testResults }: JestReport): string[] =>
  testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));

/**
 * The tests that failed; where none is known to, what Jest says of the file.
 * @param late says that it was ended, or nothing
 */
export function failuresOf({ testResults }: JestReport, code: number | null, late: string): Failure[] {
  const failed = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        test: fullName,
        reason: withoutStack((failureMessages ?? []).join('\n')),
      })),
  );
  if (code === 0 || failed.length > 0) return failed;
  const said = withoutStack(testResults.map(({ message }) => message).join('\n'));
  return [{ test: 'the file', reason: late || said || `Jest ended with ${code ?? 'a signal'}` }];
}

function withoutStack(message: string): string {
  return stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(0, 30)
    .join('\n');
}
