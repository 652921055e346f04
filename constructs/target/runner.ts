import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { constants } from 'node:os';
import { messageOf, withoutLineBreaks, type Issue } from '../issue';

/** Options of a run of a program. */
export interface RunOptions {
  /** Its standard input. @default empty */
  readonly input?: string;
  /** Its working directory. @default the working directory of this process */
  readonly folder?: string;
  /** Variables to set for it, besides those of this process. @default none */
  readonly variables?: Readonly<Record<string, string>>;
  /** Which output the user sees while it runs: standard error, or everything. @default nothing */
  readonly shows?: 'nothing' | 'errors' | 'everything';
}

/** The result of a run of a program. */
export interface Finished {
  /** Its exit code, or 128 and the number of the signal, as in a shell; {@link notRun} if it could not be started. */
  readonly code: number;
  /** The signal that stopped it, such as SIGKILL. @default none: it has ended by itself, or not been started */
  readonly signal?: NodeJS.Signals;
  readonly stdout: string;
  /** Its standard error, or the reason why it could not be started. */
  readonly stderr: string;
  /** Standard output and standard error together, in the order in which they were printed. */
  readonly output: string;
}

/** The code for a program that could not be started. */
export const notRun = -1;

/** Runs a program and waits for its end. The promise never rejects: the caller decides what an exit code means. */
export type Runner = (program: string, args: readonly string[], options?: RunOptions) => Promise<Finished>;

/** Runs programs on this machine. Catamaran runs every program with it; tests use a fake instead. */
export const runProgram: Runner = (
  program,
  args,
  { input = '', folder, variables, shows = 'nothing' } = {},
) =>
  new Promise((resolve) => {
    const notStarted = (error: unknown) => {
      const reason = messageOf(error);
      resolve({ code: notRun, stdout: '', stderr: reason, output: reason });
    };
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(program, args, {
        ...(folder !== undefined && { cwd: folder }),
        env: { ...process.env, ...variables },
      });
    } catch (error) {
      // For most errors there is an event, but for some, such as arguments that are too long, spawn() throws.
      notStarted(error);
      return;
    }
    const printed = { stdout: '', stderr: '', output: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text;
      printed.output += text;
      if (shows === 'everything') process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed.stderr += text;
      printed.output += text;
      if (shows !== 'nothing') process.stderr.write(text);
    });
    child.on('error', notStarted);
    // Node.js gives an exit code or a signal.
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'],
        ...(signal && { signal }),
        ...printed,
      });
    });
    // Writing fails if the program ends before it has read its input. This is not an error.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** The issue for a program that could not be started, or that a signal stopped; undefined if it ended by itself. */
export function notEnded(
  path: string,
  program: string,
  { code, signal, stderr }: Finished,
): Issue | undefined {
  const issue = (got: string, write: string): Issue => {
    return { path, field: program, got, write, sentence: `${program} ${got}: ${write}` };
  };
  if (code === notRun)
    return issue(
      `cannot be started (${withoutLineBreaks(stderr)})`,
      `install ${program}, or add its folder to PATH`,
    );
  if (signal !== undefined) return issue(`was stopped by ${signal}`, 'run this command again');
  return undefined;
}

/** The issue for a program that failed. The user has seen its standard error. */
export function failed(path: string, program: string, args: readonly string[], finished: Finished): Issue {
  const field = [program, ...args].join(' ');
  const got = `failed with exit code ${finished.code}`;
  const isSilent = finished.stderr.trim() === '';
  const write = isSilent
    ? 'it has printed no error, so run it by hand'
    : `correct the error that ${program} has printed above`;
  const ended: Issue = { path, field, got, write, sentence: `${field} ${got}: ${write}` };
  return notEnded(path, program, finished) ?? ended;
}

/** Why a program failed, within a message: what it printed on standard error, or how it ended. */
export function reasonOf(program: string, finished: Finished): string {
  const issue = notEnded('', program, finished);
  if (issue) return `${program} ${String(issue.got)}`;
  return finished.stderr.trim() || `exit code ${finished.code}`;
}
