import { isAbsolute } from 'node:path';
import { types } from 'node:util';
import { IssuesError, thrownIssue } from '../../constructs/issue';

/**
 * What the code of a stack threw, as issues with the place that threw it.
 * @param during what it was thrown: the field of an issue that has no other
 * @param path what was being made of the code
 */
export function thrownIssues(error: unknown, during: string, path: string): IssuesError {
  const issues = error instanceof IssuesError ? error.issues : [thrownIssue(path, during, error)];
  if (!types.isNativeError(error)) return new IssuesError(issues);
  // The path of a syntax error is its line already.
  return new IssuesError(issues.map((one) => (isAbsolute(one.path) ? one : { place: error, ...one })));
}
