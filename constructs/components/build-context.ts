import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { outputList } from '../target/write-file';
import { isFile } from '../values/files';

/** The files that the build of an image can see. */
export interface BuildContext {
  /** Relative to the context, sorted, without what is left out. */
  readonly files: readonly string[];
  /**
   * Folders that are no sources, relative to the context: of Git, and with the output of Catamaran. The tag of the image
   * leaves them out. Folders that the ignore file names are not among them.
   */
  readonly leftOut: readonly string[];
  /** The ignore file that counts, or that is to be written. */
  readonly ignoreFile: string;
  /** The patterns of the ignore file; empty if there is none. */
  readonly rules: string;
}

/**
 * Reads the build context of an image. BuildKit reads one ignore file: `<Dockerfile>.dockerignore` beside the Dockerfile,
 * or else `.dockerignore` in the context. (The builder before BuildKit only knows the second.)
 * @see https://docs.docker.com/build/concepts/context/#filename-and-location
 */
export function buildContext(folder: string, dockerfile: string): BuildContext {
  const specific = `${dockerfile}.dockerignore`;
  const ignoreFile = isFile(specific) ? specific : join(folder, '.dockerignore');
  const rules = isFile(ignoreFile) ? readFileSync(ignoreFile, 'utf8') : '';
  const { files, leftOut } = walk(folder);
  const seen = notIgnored(rules);
  // A pattern may name a folder or the files in it, so this asks about a file.
  const inSight = leftOut.filter((name) => seen([join(name, 'file')]).length > 0 && seen([name]).length > 0);
  return { files: seen(files).sort(), leftOut: inSight.sort(), ignoreFile, rules };
}

/** The files of a context that are, or lead to, one of these files, which may be symbolic links themselves. */
export function leadingTo(
  targets: readonly string[],
  folder: string,
  { files }: Pick<BuildContext, 'files'>,
): string[] {
  const places = new Set(targets.map(realPath));
  return files.filter((file) => places.has(realPath(join(folder, file))));
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    // A file that does not exist, or a link that leads nowhere.
    return file;
  }
}

function walk(root: string, folder = '.'): Pick<BuildContext, 'files' | 'leftOut'> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  if (folder !== '.' && entries.some(({ name }) => name.startsWith(outputList)))
    return { files: [], leftOut: [folder] };
  const files: string[] = [];
  const leftOut: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name === '.git') leftOut.push(path);
    else if (entry.isDirectory()) {
      const below = walk(root, path);
      files.push(...below.files);
      leftOut.push(...below.leftOut);
    } else if (entry.isFile() || entry.isSymbolicLink()) files.push(path);
  }
  return { files, leftOut };
}

function notIgnored(rules: string): (files: readonly string[]) => string[] {
  if (rules === '') return (files) => [...files];
  // This package is loaded only if it is needed: most projects have no .dockerignore, and they start faster.
  const { default: dockerignore } = require('@balena/dockerignore') as typeof import('@balena/dockerignore');
  const ignore = dockerignore().add(rules);
  return (files) => ignore.filter([...files]);
}
