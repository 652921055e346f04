import { isAbsolute } from 'node:path';
import { types } from 'node:util';
import { IssuesError, thrownIssue } from '../../constructs/issue';

/**
 * Turns an error that the code of a stack threw into issues, with the place in the stack that threw it.
 * @param during what Catamaran did when the error was thrown, such as `loading`. It is the field of the issue
 * @param path the path of the issue
 */
export function thrownIssues(error: unknown, during: string, path: string): IssuesError {
  const issues = error instanceof IssuesError ? error.issues : [thrownIssue(path, during, error)];
  if (!types.isNativeError(error)) return new IssuesError(issues);
  // The issue of a syntax error already has a file and a line as its path.
  return new IssuesError(issues.map((one) => (isAbsolute(one.path) ? one : { place: error, ...one })));
}
