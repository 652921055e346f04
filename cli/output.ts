import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Lists the files of one environment; nothing else in a folder is ever touched. */
const index = '.catamaran';

/** Files by path, relative to the folder that they are written to. */
export type Files = ReadonlyMap<string, string>;

/** What is to be written, and what of an earlier run goes. */
export interface Changes {
  readonly written: Files;
  readonly removed: readonly string[];
}

/** The files of one environment, with the list of their names. */
export function withIndex(folder: string, files: Readonly<Record<string, string>>): [string, string][] {
  const names = Object.keys(files).sort();
  return [
    ...names.map((name): [string, string] => [name, files[name] ?? '']),
    [index, `${names.join('\n')}\n`],
  ].map(([name, content]) => [`${folder}/${name}`, String(content)]);
}

/**
 * Compares what is to be there with what is there.
 * @param scope the folders, as application/environment, whose old files go; all where it is undefined
 */
export function changesOf(out: string, files: Files, scope: readonly string[] | undefined): Changes {
  const old = earlierFolders(out)
    .filter((folder) => scope?.includes(folder) ?? true)
    .flatMap((folder) => earlierFiles(out, folder));
  return {
    written: new Map([...files].filter(([name, content]) => readText(join(out, name)) !== content)),
    removed: old.filter((name) => !files.has(name) && existsSync(join(out, name))),
  };
}

/** Writes and removes. Each file is whole at any time. */
export function apply(out: string, { written, removed }: Changes): void {
  for (const [name, content] of written) {
    const file = join(out, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }
  for (const name of removed) {
    rmSync(join(out, name));
    removeEmpty(out, dirname(name));
  }
}

function earlierFolders(out: string): string[] {
  return foldersIn(out).flatMap((application) =>
    foldersIn(join(out, application))
      .map((environment) => `${application}/${environment}`)
      .filter((folder) => existsSync(join(out, folder, index))),
  );
}

function earlierFiles(out: string, folder: string): string[] {
  const names = (readText(join(out, folder, index)) ?? '').split('\n').filter((name) => name !== '');
  return [...names, index]
    .filter((name) => !name.split('/').includes('..'))
    .map((name) => `${folder}/${name}`);
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function removeEmpty(out: string, folder: string): void {
  if (folder === '.' || readdirSync(join(out, folder)).length > 0) return;
  rmSync(join(out, folder), { recursive: true });
  removeEmpty(out, dirname(folder));
}
