import { styleText, types } from 'node:util';
import { IssuesError } from '../constructs/issue';
import { counted } from '../constructs/target/amounts';
import { lineIn } from './project/place';

/** An error in the command line, such as an unknown option. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Prints an error and sets the exit code to 1. A mistake of the user is printed in words, a bug of Catamaran with its stack trace.
 * @param project the folder that the command runs in
 * @param nothingWritten whether the command writes files, and has written none because of the error
 */
export function fail(error: unknown, project: string, nothingWritten: boolean): void {
  process.exitCode = 1;
  const red = (text: string) => (process.stderr.isTTY ? styleText('red', text) : text);
  if (error instanceof IssuesError) {
    const problems = red(counted(error.issues.length, 'problem'));
    const lines = error.issues.map(lineIn(project)).join('\n');
    console.error(`${lines}\n${problems}${nothingWritten ? '; nothing was written' : ''}`);
  } else if (error instanceof UsageError || isSystemError(error)) {
    console.error(red(error.message));
  } else {
    console.error(error);
  }
}

/** Whether the operating system refused a call, such as writing a file where a folder is. The message names the file. */
function isSystemError(error: unknown): error is Error {
  return types.isNativeError(error) && 'syscall' in error;
}
