import { styleText, types } from 'node:util';
import { IssuesError } from '../constructs/issue';

/** A command line that no command understands. */
export class UsageError extends Error {}

/** Says what a user can mend in words; a defect of ours keeps its stack trace. */
export function fail(error: unknown): void {
  process.exitCode = 1;
  const red = (text: string) => (process.stderr.isTTY ? styleText('red', text) : text);
  if (error instanceof IssuesError) {
    const count = error.issues.length;
    console.error(
      `${error.message}\n${red(`${count} ${count === 1 ? 'problem' : 'problems'}`)}; nothing was written`,
    );
  } else if (error instanceof UsageError || isParseError(error) || isSystemError(error)) {
    console.error(red(error.message));
  } else {
    console.error(error);
  }
}

/** What the system has refused, such as a file in a folder's place: the message names both. */
function isSystemError(error: unknown): error is Error {
  return types.isNativeError(error) && 'syscall' in error;
}

function isParseError(error: unknown): error is Error {
  return (
    error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
  );
}
