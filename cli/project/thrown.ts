import { isAbsolute } from 'node:path';
import { types } from 'node:util';
import { IssuesError, isTypeMistake, misreadIssue, thrownIssue, type Issue } from '../../constructs/issue';
import { isOwnCode } from './own-code';

/**
 * Turns an error that the code of a stack threw into issues, with the place in the stack that threw it.
 * @param during what Catamaran did when the error was thrown, such as `loading`. It is the field of the issue
 * @param path the path of the issue
 */
export function thrownIssues(error: unknown, during: string, path: string): IssuesError {
  const issues = error instanceof IssuesError ? error.issues : [issueOf(error, during, path)];
  if (!types.isNativeError(error)) return new IssuesError(issues);
  // The issue of a syntax error already has a file and a line as its path.
  return new IssuesError(issues.map((one) => (isAbsolute(one.path) ? one : { place: error, ...one })));
}

function issueOf(error: unknown, during: string, path: string): Issue {
  const isOurs = isTypeMistake(error) && isOwnCode(firstFile(error));
  return isOurs ? misreadIssue(path, during, error) : thrownIssue(path, during, error);
}

/** The file whose code threw an error; an empty text if it is not known. */
function firstFile(error: unknown): string {
  const stack = types.isNativeError(error) ? error.stack : undefined;
  const [, file = ''] =
    /^ +at (?:async |.*? \()?((?:[A-Z]:\\|\/)[^:\n]+):\d+:\d+\)?$/m.exec(stack ?? '') ?? [];
  return file;
}
