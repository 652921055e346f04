import { styleText, types } from 'node:util';
import { IssuesError } from '../constructs/issue';
import { lineIn } from './project/place';

/** A command line that no command understands. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Says what a user can mend in words; a defect of ours keeps its stack trace.
 * @param project the folder that the command runs in
 * @param nothingWritten whether the command was to write files and has written none
 */
export function fail(error: unknown, project: string, nothingWritten: boolean): void {
  process.exitCode = 1;
  const red = (text: string) => (process.stderr.isTTY ? styleText('red', text) : text);
  if (error instanceof IssuesError) {
    const count = error.issues.length;
    const problems = red(`${count} ${count === 1 ? 'problem' : 'problems'}`);
    const lines = error.issues.map(lineIn(project)).join('\n');
    console.error(`${lines}\n${problems}${nothingWritten ? '; nothing was written' : ''}`);
  } else if (error instanceof UsageError || isSystemError(error)) {
    console.error(red(error.message));
  } else {
    console.error(error);
  }
}

/** What the system has refused, such as a file in a folder's place: the message names both. */
function isSystemError(error: unknown): error is Error {
  return types.isNativeError(error) && 'syscall' in error;
}
