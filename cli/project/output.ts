import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, makePublic, outputList, writePublicFile } from '../../constructs/target/write-file';
import { inWords, readText } from './files';

/** The text of files by path, relative to the output folder. */
export type OutputFiles = ReadonlyMap<string, string>;

/** The output folder. It may also contain files of others, for example in a GitOps repository. */
export interface Output {
  readonly folder: string;
  /** The name of the project. The file that lists the written files is named after it. Only files on the list are removed. */
  readonly project: string;
}

/** The files to write, and the files of an earlier run to remove. */
export interface Changes {
  readonly written: OutputFiles;
  readonly removed: readonly string[];
  /** The files on the list while files change: old and new ones, so that an interrupted run leaves no file off the list. */
  readonly claimed: readonly string[];
  /** The number of compared files: the new files, the list, and the files to remove. */
  readonly compared: number;
}

/**
 * Compares new files with the output folder.
 * @param scope the folders, as application/environment, in which old files are removed if `files` does not have them;
 *   undefined for all folders
 */
export function changesOf(output: Output, files: OutputFiles, scope: readonly string[] | undefined): Changes {
  const scoped = scope && new Set(scope);
  const earlier = earlierFiles(output);
  const [old, kept] = partition(earlier, (name) => scoped?.has(environmentFolder(name)) ?? true);
  const all = new Map([...files, [indexOf(output), listOf([...kept, ...files.keys()])]]);
  const removed = old.filter((name) => !all.has(name) && existsSync(join(output.folder, name)));
  return {
    written: new Map([...all].filter(([name, content]) => readText(join(output.folder, name)) !== content)),
    removed,
    claimed: [...new Set([...earlier, ...files.keys()])].sort(),
    compared: all.size + removed.length,
  };
}

/**
 * Writes and removes files. A file is replaced in one step, and is on the list for as long as it exists.
 * @throws IssuesError if the first change fails, so that nothing has changed; the error itself if a later one does
 */
export function apply(output: Output, { written, removed, claimed }: Changes): void {
  const { folder } = output;
  const made = new Set<string>();
  let hasChanged = false;
  const change = (name: string, action: (file: string) => void) => {
    const file = join(folder, name);
    if (hasChanged) action(file);
    else
      inWords(file, () => {
        action(file);
      });
    hasChanged = true;
  };
  const write = (name: string, content: string) => {
    change(name, (file) => {
      const parent = dirname(file);
      if (!made.has(parent)) makeFolder(parent);
      made.add(parent);
      writePublicFile(`${file}.new`, content);
      renameSync(`${file}.new`, file);
    });
  };
  const index = indexOf(output);
  const list = written.get(index);
  if (list !== undefined) write(index, listOf(claimed));
  for (const [name, content] of written) if (name !== index) write(name, content);
  for (const name of [...claimed, index])
    if (!written.has(name) && !removed.includes(name) && existsSync(join(folder, name)))
      inWords(join(folder, name), () => {
        makePublic(join(folder, name));
      });
  for (const name of removed) {
    change(name, (file) => {
      rmSync(file);
    });
    removeEmpty(folder, dirname(name));
  }
  if (list !== undefined) write(index, list);
}

function listOf(names: readonly string[]): string {
  return `${[...names].sort().join('\n')}\n`;
}

function environmentFolder(name: string): string {
  return name.split('/', 2).join('/');
}

function partition<Item>(items: readonly Item[], matches: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}

function indexOf({ project }: Output): string {
  return `${outputList}${project}`;
}

function earlierFiles(output: Output): string[] {
  const lines = (readText(join(output.folder, indexOf(output))) ?? '').split('\n');
  return lines.filter((name) => name !== '' && !name.split('/').includes('..'));
}

function removeEmpty(root: string, folder: string): void {
  if (folder === '.' || readdirSync(join(root, folder)).length > 0) return;
  rmSync(join(root, folder), { recursive: true });
  removeEmpty(root, dirname(folder));
}
