import { existsSync, readFileSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { types } from 'node:util';
import { IssuesError, type Issue } from '../../constructs/issue';

/** The extensions that the file of a stack may have. */
export const stackExtensions = ['.ts', '.js', '.cjs'];

/** A path with / between folders, on every operating system. */
export function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

/** The text of a file; undefined if it does not exist. @throws IssuesError if it cannot be read */
export function readText(file: string): string | undefined {
  return existsSync(file) ? inWords(file, () => readFileSync(file, 'utf8')) : undefined;
}

/**
 * Runs an action that reads or writes one file or folder. After an error, nothing may be written: commands then say so.
 * @throws IssuesError if the operating system refuses it
 */
export function inWords<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    const issue = systemIssue(error, path);
    throw issue ? new IssuesError([issue]) : error;
  }
}

/**
 * The issue for an error of the operating system, such as writing a file where a folder is; undefined for other errors.
 * @param known the file or folder, because some errors do not name it
 */
export function systemIssue(error: unknown, known = 'catamaran'): Issue | undefined {
  if (!types.isNativeError(error) || !('syscall' in error)) return undefined;
  const { code = '', syscall = '', path, dest, message } = error as SystemError;
  const file = dest ?? path ?? known;
  const issue = (at: string, got: string, write: string): Issue => {
    return { path: at, field: syscall, got, write, sentence: `${got}: ${write}` };
  };
  if (code.endsWith('EISDIR'))
    return issue(file, 'this is a folder, but a file is needed here', 'move it to another place');
  if (code === 'ENOTDIR' || (code === 'EEXIST' && syscall === 'mkdir'))
    return issue(existing(file), 'this is a file, but a folder is needed here', 'move it to another place');
  if (code === 'EACCES' || code === 'EPERM')
    return issue(file, `this may not be read or written (${code})`, 'change its permissions or its owner');
  if (code === 'ENOSPC') return issue(file, 'the disk is full (ENOSPC)', 'make room on it');
  return issue(file, message, 'correct this, then run the command again');
}

type SystemError = Error & NodeJS.ErrnoException & { readonly dest?: string };

/** A path, or the part of it that exists: the error for `dist/shop/dev` does not say whether `dist` or `shop` is a file. */
function existing(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}
