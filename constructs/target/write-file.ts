import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isProgram } from '../model/storage';

/** The start of the name of the file that lists what `catamaran synth` has written into a folder. */
export const outputList = '.catamaran-';

/**
 * Makes a folder and the folders above it that are missing. The umask of the shell does not change their modes: the user of
 * a container must be able to read the files that compose mounts, and others in a team must be able to read the rest.
 * @returns the first folder that was missing
 */
export function makeFolder(folder: string): string | undefined {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return undefined;
  for (let made = folder; ; made = dirname(made)) {
    chmodSync(made, 0o755);
    if (made === first) return first;
  }
}

/** Gives a file without secrets the mode that `writePublicFile` gives, for example after a checkout with another umask. */
export function makePublic(file: string): void {
  const { mode } = statSync(file);
  const wanted = (mode & 0o100) === 0 ? 0o644 : 0o755;
  if ((mode & 0o777 & wanted) !== wanted) chmodSync(file, wanted);
}

/**
 * Writes a file without secrets. Everybody may read it, and execute it if it is a program, whatever the umask.
 * @param flag how to open it, such as `wx`
 */
export function writePublicFile(file: string, content: string, flag: 'w' | 'wx' = 'w'): void {
  writeFileSync(file, content, { flag });
  setExecutable(file, isProgram(content));
}

/** Lets everybody read a file without secrets, and execute it if it is a program. */
export function setExecutable(file: string, program: boolean): void {
  chmodSync(file, program ? 0o755 : 0o644);
}
