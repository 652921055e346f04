import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files by path, relative to the folder that they are written to. */
export type OutputFiles = ReadonlyMap<string, string>;

/** A folder that a project writes to, which may hold files of others: a GitOps repository, for one. */
export interface Output {
  readonly folder: string;
  /** Names the list of the files that are the project's own; no other file is ever removed. */
  readonly project: string;
}

/** What is to be written, and what of an earlier run goes. */
export interface Changes {
  readonly written: OutputFiles;
  readonly removed: readonly string[];
  /** The list while files come and go, so that the next run knows those that one which was interrupted made. */
  readonly claimed: readonly string[];
  /** The number of files that were compared: all that are to be there, the list included, and those that go. */
  readonly compared: number;
}

/**
 * Compares what is to be there with what is there.
 * @param scope the folders, as application/environment, that the files are all of; all where it is undefined
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

/** Writes and removes. Each file is whole at any time, and on the list before it is there, until it is gone. */
export function apply(output: Output, { written, removed, claimed }: Changes): void {
  const { folder } = output;
  const made = new Set<string>();
  const write = (name: string, content: string) => {
    const file = join(folder, name);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  };
  const index = indexOf(output);
  const list = written.get(index);
  if (list !== undefined) write(index, listOf(claimed));
  for (const [name, content] of written) if (name !== index) write(name, content);
  for (const name of removed) {
    rmSync(join(folder, name));
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
  return `.catamaran-${project}`;
}

function earlierFiles(output: Output): string[] {
  const lines = (readText(join(output.folder, indexOf(output))) ?? '').split('\n');
  return lines.filter((name) => name !== '' && !name.split('/').includes('..'));
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function removeEmpty(root: string, folder: string): void {
  if (folder === '.' || readdirSync(join(root, folder)).length > 0) return;
  rmSync(join(root, folder), { recursive: true });
  removeEmpty(root, dirname(folder));
}
