import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  makeFolder,
  makePublic,
  outputList,
  setExecutable,
  writePublicFile,
} from '../../constructs/target/write-file';
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
  const all = new Map([...files, [listName(output), listOf([...kept, ...files.keys()])]]);
  const written = new Map(
    [...all].filter(([name, content]) => readText(join(output.folder, name)) !== content),
  );
  // A run that was killed may have left the new text of a file beside it.
  const staged = earlier.filter((name) => !written.has(name)).map(stagedName);
  const removed = [...old.filter((name) => !all.has(name)), ...staged].filter((name) =>
    isFile(join(output.folder, name)),
  );
  return {
    written,
    removed,
    claimed: [...new Set([...earlier, ...files.keys()])].sort(),
    compared: all.size + removed.length,
  };
}

/**
 * Writes and removes files, all or none of them as far as that can be: the new text of every file is on the disk before
 * the first file is replaced. A file is on the list for as long as it exists.
 * @throws IssuesError if a text cannot be written, and then nothing has changed; the error itself if replacing a file
 *   fails, which is rare
 * @param modes whether a file is a program, for files that say so themselves; others are programs if they start with `#!`
 */
export function apply(
  output: Output,
  changes: Changes,
  modes: ReadonlyMap<string, boolean> = new Map(),
): void {
  const { folder } = output;
  const list = listName(output);
  const newList = changes.written.get(list);
  const others = new Map([...changes.written].filter(([name]) => name !== list));
  const replace = (name: string) => {
    renameSync(join(folder, stagedName(name)), join(folder, name));
  };
  // Files that are on no list would stay for ever if this run is killed. So the list comes first, and last.
  const before = readText(join(folder, list));
  const undo: (() => void)[] = [];
  try {
    if (newList !== undefined) {
      stage(folder, list, listOf(changes.claimed), undo);
      replace(list);
      undo.push(() => {
        if (before === undefined) rmSync(join(folder, list), { force: true });
        else writePublicFile(join(folder, list), before);
      });
    }
    for (const [name, content] of others) stage(folder, name, content, undo);
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
  for (const name of others.keys()) replace(name);
  for (const name of [...changes.claimed, list]) makeReadable(join(folder, name));
  for (const [name, isProgram] of modes) setExecutable(join(folder, name), isProgram);
  for (const name of changes.removed) {
    rmSync(join(folder, name));
    removeEmpty(folder, dirname(name));
  }
  if (newList !== undefined) {
    stage(folder, list, newList, []);
    replace(list);
  }
}

/**
 * Writes the new text of a file beside the file.
 * @param undo gets what takes it back
 * @throws IssuesError if the operating system refuses it
 */
function stage(folder: string, name: string, content: string, undo: (() => void)[]): void {
  const file = join(folder, stagedName(name));
  inWords(join(folder, name), () => {
    const made = makeFolder(dirname(file));
    if (made !== undefined)
      undo.push(() => {
        rmSync(made, { recursive: true, force: true });
      });
  });
  inWords(file, () => {
    if (!isFolder(file))
      undo.push(() => {
        rmSync(file, { force: true });
      });
    writePublicFile(file, content);
  });
}

/** The lists of other projects that name files which this project writes too: its own, if it had another name before. */
export function formerLists(
  output: Output,
  files: OutputFiles,
): { readonly list: string; readonly only: readonly string[] }[] {
  const { folder } = output;
  if (!isFolder(folder)) return [];
  const lists = readdirSync(folder).filter(
    (name) => name.startsWith(outputList) && name !== listName(output),
  );
  return lists.sort().flatMap((list) => {
    const names = listedIn(readText(join(folder, list)));
    const only = names.filter((name) => !files.has(name) && isFile(join(folder, name)));
    return names.some((name) => files.has(name)) ? [{ list, only }] : [];
  });
}

function stagedName(name: string): string {
  return `${name}.new`;
}

/** Lets everybody read a file that an earlier run, or a checkout with another umask, has written. */
function makeReadable(file: string): void {
  if (isFile(file))
    inWords(file, () => {
      makePublic(file);
    });
}

function isFile(path: string): boolean {
  return existsSync(path) && !isFolder(path);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function listOf(names: readonly string[]): string {
  return `${[...names].sort().join('\n')}\n`;
}

/** The folder of a file's environment, as application/environment. */
export function environmentFolder(name: string): string {
  return name.split('/', 2).join('/');
}

function partition<Item>(items: readonly Item[], matches: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}

/** The name of the file that lists the written files. */
export function listName({ project }: Output): string {
  return `${outputList}${project}`;
}

function earlierFiles(output: Output): string[] {
  return listedIn(readText(join(output.folder, listName(output))));
}

/** The names in a list. A name that leads out of the folder is left out. */
export function listedIn(list = ''): string[] {
  return list.split('\n').filter((name) => name !== '' && !name.split('/').includes('..'));
}

function removeEmpty(root: string, folder: string): void {
  if (folder === '.' || readdirSync(join(root, folder)).length > 0) return;
  rmSync(join(root, folder), { recursive: true });
  removeEmpty(root, dirname(folder));
}
