import { spawn } from 'node:child_process';
import { IssuesError, type Issue } from '../issue';

/** Options of a run of a program. */
export interface RunOptions {
  /** Its standard input. @default empty */
  readonly input?: string;
  /** Its working directory. @default the working directory of this process */
  readonly folder?: string;
  /** Which output the user sees while it runs: standard error, or everything. @default nothing */
  readonly shows?: 'nothing' | 'errors' | 'everything';
}

/** The result of a run of a program. */
export interface Finished {
  /** Its exit code; {@link notRun} if it could not be started, or if a signal killed it. */
  readonly code: number;
  readonly stdout: string;
  /** Its standard error, or the reason why it could not be started. */
  readonly stderr: string;
  /** Standard output and standard error together, in the order in which they were printed. */
  readonly output: string;
}

/** The code for a program that ended without an exit code. */
export const notRun = -1;

/** Runs a program and waits for its end. The promise never rejects: the caller decides what an exit code means. */
export type Runner = (program: string, args: readonly string[], options?: RunOptions) => Promise<Finished>;

/** Runs programs on this machine. Catamaran runs every program with it; tests use a fake instead. */
export const runProgram: Runner = (program, args, { input = '', folder, shows = 'nothing' } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { ...(folder !== undefined && { cwd: folder }), env: process.env });
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
    child.on('error', ({ message }) => {
      resolve({ code: notRun, stdout: '', stderr: message, output: message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? notRun, ...printed });
    });
    // Writing fails if the program ends before it has read its input. This is not an error.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** Returns the result of a run. @throws IssuesError if the program could not be started */
export function requireStarted(program: string, finished: Finished): Finished {
  if (finished.code !== notRun) return finished;
  throw new IssuesError([notStarted('catamaran', program, finished.stderr)]);
}

/** The issue for a program that could not be started. */
export function notStarted(path: string, program: string, reason: string): Issue {
  const write = `install ${program}, or add its folder to PATH`;
  return {
    path,
    field: program,
    got: reason,
    write,
    sentence: `${program} cannot be started (${reason}): ${write}`,
  };
}
