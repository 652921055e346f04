import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of what a project keeps for its next run. It can be deleted at any time. */
export function cacheFolder(project: string): string {
  return join(project, 'node_modules', '.cache', 'catamaran');
}

/** Writes a file of the cache. Other processes find it whole or not at all. Where nothing can be written, nothing is kept. */
export function keep(file: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, content);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // A read-only project does the work anew each time.
  }
}
