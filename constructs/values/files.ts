import { statSync, type Stats } from 'node:fs';

/** Whether a file exists. A text that cannot be a path is no error: there is no such file. */
export function isFile(path: string): boolean {
  return statusOf(path)?.isFile() ?? false;
}

/** Whether a folder exists. A text that cannot be a path is no error: there is no such folder. */
export function isFolder(path: string): boolean {
  return statusOf(path)?.isDirectory() ?? false;
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // The path is too long, has a NUL, or is in a folder that may not be read.
    return undefined;
  }
}
