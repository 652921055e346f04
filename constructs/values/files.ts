import { statSync, type Stats } from 'node:fs';

/** Whether a file exists. If the text cannot be a path, there is no such file, and this is not an error. */
export function isFile(path: string): boolean {
  return statusOf(path)?.isFile() ?? false;
}

/** Whether a folder exists. If the text cannot be a path, there is no such folder, and this is not an error. */
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
