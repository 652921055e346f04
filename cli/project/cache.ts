import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder for results that make the next run faster. It can be deleted at any time. */
export function cacheFolder(project: string): string {
  return join(project, 'node_modules', '.cache', 'catamaran');
}

/** Writes a file of the cache. Other processes see the whole file or none. Does nothing if the folder cannot be written. */
export function keep(file: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, content);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Without a cache, each run does the work again.
  }
}
