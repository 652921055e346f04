import { spawn } from 'node:child_process';
import { IssuesError } from '../issue';

/** How a program is run, besides its arguments. */
export interface RunOptions {
  /** What it reads from its standard input. @default nothing */
  readonly input?: string;
  /** The folder that it runs in. @default the working directory */
  readonly folder?: string;
  /** What the user sees of its output while it runs: only its errors, or everything. @default nothing */
  readonly shows?: 'nothing' | 'errors' | 'everything';
}

/** How a program ended, and what it printed. */
export interface Finished {
  /** Its exit code; {@link notRun} where it could not be started, or a signal killed it. */
  readonly code: number;
  readonly stdout: string;
  /** Where the program could not be started, this says why. */
  readonly stderr: string;
  /** Both outputs together, in the order in which they came. */
  readonly output: string;
}

/** The code of a program that has no exit code of its own. */
export const notRun = -1;

/** Runs a program to its end. It never rejects: who calls it knows what an exit code means. */
export type Runner = (program: string, args: readonly string[], options?: RunOptions) => Promise<Finished>;

/** Runs programs of this machine. Every program that Catamaran calls goes through here, or through a test's fake. */
export const runProgram: Runner = (program, args, { input = '', folder, shows = 'nothing' } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { ...(folder !== undefined && { cwd: folder }), env: process.env });
    const said = { stdout: '', stderr: '', output: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text;
      said.output += text;
      if (shows === 'everything') process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text;
      said.output += text;
      if (shows !== 'nothing') process.stderr.write(text);
    });
    child.on('error', ({ message }) => {
      resolve({ code: notRun, stdout: '', stderr: message, output: message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? notRun, ...said });
    });
    // A program that reads nothing may have ended before it is written to.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** A program that has run. @throws IssuesError where it could not be started */
export function requireStarted(program: string, finished: Finished): Finished {
  if (finished.code !== notRun) return finished;
  const write = `a path with ${program} in it`;
  throw new IssuesError([{ path: 'catamaran', field: program, got: finished.stderr, write }]);
}
