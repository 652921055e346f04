import { isAbsolute } from 'node:path';
import { types } from 'node:util';
import { IssuesError, thrownIssue } from '../../constructs/issue';
import { isOwnCode } from './own-code';
import { sourcePosition } from './typescript';

/**
 * What the code of a stack threw, as issues that name the line of the project that it comes from.
 * @param during what it was thrown: stands in place of the line where there is none
 * @param path what was being made of the code
 */
export function thrownIssues(error: unknown, during: string, path: string): IssuesError {
  if (!types.isNativeError(error)) return new IssuesError([thrownIssue(path, during, error)]);
  const place = ownPlace(error);
  if (!(error instanceof IssuesError)) return new IssuesError([thrownIssue(path, place ?? during, error)]);
  // That of a syntax error names its line already.
  const issues = error.issues.map((issue) =>
    place === undefined || isAbsolute(issue.path) ? issue : { ...issue, path: `${place}: ${issue.path}` },
  );
  return new IssuesError(issues);
}

/** The topmost line of a stack trace that is neither ours nor that of a package. */
function ownPlace({ stack = '' }: Error): string | undefined {
  const frames = [...stack.matchAll(/^ +at .*?\(?([^\s()]+):(\d+):(\d+)\)?$/gm)];
  // JavaScript that cannot be read has no frame of its own.
  const [unread] = stack.matchAll(/^(\/.*):(\d+)$/gm);
  const own = [...(unread ? [unread] : []), ...frames].find(
    ([, file = '']) => isAbsolute(file) && !isOurs(file),
  );
  if (!own) return undefined;
  const [, file = '', line, column = 1] = own;
  return sourcePosition(process.cwd(), file, Number(line), Number(column));
}

function isOurs(file: string): boolean {
  return isOwnCode(file) || file.split('/').includes('node_modules');
}
