import { styleText } from 'node:util';
import { IssuesError } from '../constructs/issue';
import { counted } from '../constructs/target/amounts';
import { systemIssue } from './project/files';
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
  // An error of the operating system that is no issue yet came after the first file was written.
  const system = systemIssue(error);
  const issues = error instanceof IssuesError ? error.issues : system && [system];
  if (issues) {
    const problems = red(counted(issues.length, 'problem'));
    const lines = issues.map(lineIn(project)).join('\n');
    console.error(`${lines}\n${problems}${nothingWritten && !system ? '; nothing was written' : ''}`);
  } else if (error instanceof UsageError) {
    console.error(red(error.message));
  } else {
    console.error(error);
  }
}
