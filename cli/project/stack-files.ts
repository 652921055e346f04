import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, parse, relative, sep } from 'node:path';
import type { Issue } from '../../constructs/issue';
import { sortedBy } from '../../constructs/model/sorted';
import { inWords, stackExtensions, withSlashes } from './files';

/** Something in stacks/ that looks like a stack and is none. */
export interface Stray {
  /** The name that the stack would have. */
  readonly name: string;
  readonly issue: Issue;
  /** The folder; undefined for a file. It is no mistake if a stack loads files of it. */
  readonly folder: string | undefined;
}

/** What is in the folder stacks/. */
export interface StackFiles {
  /** The file of each stack, by name. */
  readonly files: ReadonlyMap<string, string>;
  readonly strays: readonly Stray[];
}

/** Extensions of code that is not loaded. */
const otherExtension = /\.(?:[cm]ts|mjs|[jt]sx)$/;

/** Finds the files of the stacks: `<name>.ts` and `<name>/index.ts`, also as JavaScript. */
export function stackFiles(stacks: string): StackFiles {
  const names = existsSync(stacks) ? inWords(stacks, () => readdirSync(stacks)) : [];
  const entries = names.filter((name) => !name.startsWith('.') && name !== 'node_modules');
  const folders = entries.filter((name) => isFolder(join(stacks, name)));
  const plain = entries.filter((name) => !folders.includes(name) && !name.endsWith('.d.ts'));
  const files = new Map<string, string>();
  // Of shop.ts and the shop.js that a compiler made of it, the one with the first extension is the stack.
  for (const file of stackExtensions.flatMap((one) => plain.filter((name) => name.endsWith(one)))) {
    const { name } = parse(file);
    if (!files.has(name)) files.set(name, join(stacks, file));
  }
  const strays = plain.filter((name) => otherExtension.test(name)).map(otherFile);
  for (const name of folders) {
    const index = indexOf(join(stacks, name));
    const file = files.get(name);
    if (index === undefined) strays.push(...withoutIndex(stacks, name));
    else if (file === undefined) files.set(name, index);
    else
      strays.push(
        twice(
          name,
          [file, index].map((one) => shown(stacks, one)),
        ),
      );
  }
  return { files: new Map(sortedBy(files, ([name]) => name)), strays };
}

/** Whether one of some loaded files is in a folder. */
export function isUsed(folder: string | undefined, loaded: readonly string[]): boolean {
  return folder !== undefined && loaded.some((file) => file.startsWith(folder + sep));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function indexOf(folder: string): string | undefined {
  return stackExtensions.map((one) => join(folder, `index${one}`)).find((file) => existsSync(file));
}

function otherFile(file: string): Stray {
  const { name, ext: got } = parse(file);
  const write = `stacks/${name}.ts`;
  const sentence = `Catamaran does not load ${got} files: rename it to ${write}`;
  return {
    name,
    issue: { path: `stacks/${file}`, field: 'extension', got, write, sentence },
    folder: undefined,
  };
}

/** The issue for a folder with code, but without an index. A folder of other files is fine, such as one of pictures. */
function withoutIndex(stacks: string, name: string): Stray[] {
  const folder = join(stacks, name);
  const files = inWords(folder, () => readdirSync(folder));
  const isCode = (file: string) => /\.[cm]?[jt]sx?$/.test(file) && !file.endsWith('.d.ts');
  if (!files.some(isCode)) return [];
  const write = 'index.ts with export default defineStack(…), or move the folder out of stacks/';
  const sentence = `this folder has no index.ts, and no stack imports its files: write ${write}`;
  return [
    { name, issue: { path: `stacks/${name}`, field: 'index.ts', got: undefined, write, sentence }, folder },
  ];
}

function twice(name: string, files: readonly string[]): Stray {
  const got = files.join(' and ');
  const write = 'only one of them';
  const sentence = `${got} are both a stack of this name: keep ${write}`;
  return { name, issue: { path: `stacks/${name}`, field: 'stack', got, write, sentence }, folder: undefined };
}

function shown(stacks: string, file: string): string {
  return `stacks/${withSlashes(relative(stacks, file))}`;
}
