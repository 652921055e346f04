import { statSync, type Stats } from 'node:fs';

/** Whether a file is there; also of a text that no file can have for a path. */
export function isFile(path: string): boolean {
  return statusOf(path)?.isFile() ?? false;
}

/** Whether a folder is there; also of a text that no folder can have for a path. */
export function isFolder(path: string): boolean {
  return statusOf(path)?.isDirectory() ?? false;
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // Too long, with a NUL, or in a folder that is closed.
    return undefined;
  }
}
