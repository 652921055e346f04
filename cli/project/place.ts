import { isAbsolute, relative, sep } from 'node:path';
import type { CodePlace } from '../../constructs/code-place';
import { formatIssue, type Issue } from '../../constructs/issue';
import { isOwnCode } from './own-code';
import { sourcePosition } from './typescript';

/**
 * A function that formats an issue, with the line of the stack first if it is known:
 * `stacks/shop.ts:14:5: shop/api: port is 80: write a whole number from 1024 to 65535`.
 * @param project the folder that file names are relative to
 */
export function lineIn(project: string): (issue: Issue) => string {
  return (issue) => {
    const place = issue.place && stackPosition(issue.place, project);
    const path = isAbsolute(issue.path) ? shown(issue.path, project) : issue.path;
    // The path of an issue may be the file itself, which the place names already.
    const isSame = place?.startsWith(`${path}:`) === true;
    return formatIssue({ ...issue, path: isSame ? place : [place ?? [], path].flat().join(': ') });
  };
}

/** The topmost line of a stack trace that is in the user's own code, not in Catamaran or a package: file:line:column. */
export function stackPosition({ stack = '' }: CodePlace, project: string): string | undefined {
  const frames = [...stack.matchAll(/^ +at (?:async |.*? \()?((?:[A-Z]:\\|\/)[^:\n]+):(\d+):(\d+)\)?$/gm)];
  // For a file with a syntax error, Node.js prints file and line above the trace.
  const [unread] = stack.matchAll(/^(\/.*):(\d+)$/gm);
  const own = [...(unread ? [unread] : []), ...frames].find(([, file = '']) => !isOurs(file));
  if (!own) return undefined;
  const [, file = '', line, column = 1] = own;
  const position = sourcePosition(project, file, Number(line), Number(column));
  return [shown(file, project), position.line, position.column].join(':');
}

function isOurs(file: string): boolean {
  return isOwnCode(file) || file.split(sep).includes('node_modules');
}

/** The name of a file, relative to the project if the file is in it. */
function shown(file: string, project: string): string {
  const path = relative(project, file);
  return isAbsolute(path) || path.split(sep)[0] === '..' ? file : path;
}
