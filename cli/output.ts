import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files by path, relative to the folder that they are written to. */
export type Files = ReadonlyMap<string, string>;

/** A folder that a project writes to, which may hold files of others: a GitOps repository, for one. */
export interface Output {
  readonly folder: string;
  /** Names the list of the files that are the project's own; no other file is ever removed. */
  readonly project: string;
}

/** What is to be written, and what of an earlier run goes. */
export interface Changes {
  readonly written: Files;
  readonly removed: readonly string[];
  /** The number of files that were compared: all that are to be there, the list included, and those that go. */
  readonly compared: number;
}

/**
 * Compares what is to be there with what is there.
 * @param scope the folders, as application/environment, that the files are all of; all where it is undefined
 */
export function changesOf(output: Output, files: Files, scope: readonly string[] | undefined): Changes {
  const scoped = scope && new Set(scope);
  const [old, kept] = partition(earlierFiles(output), (name) => scoped?.has(environmentFolder(name)) ?? true);
  const all = new Map([...files, [indexOf(output), `${[...kept, ...files.keys()].sort().join('\n')}\n`]]);
  const removed = old.filter((name) => !all.has(name) && existsSync(join(output.folder, name)));
  return {
    written: new Map([...all].filter(([name, content]) => readText(join(output.folder, name)) !== content)),
    removed,
    compared: all.size + removed.length,
  };
}

/** Writes and removes. Each file is whole at any time. */
export function apply({ folder }: Output, { written, removed }: Changes): void {
  const made = new Set<string>();
  for (const [name, content] of written) {
    const file = join(folder, name);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
  for (const name of removed) {
    rmSync(join(folder, name));
    removeEmpty(folder, dirname(name));
  }
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
