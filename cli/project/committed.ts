import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readText, withSlashes } from './files';
import { listedIn, listName, type Output, type OutputFiles } from './output';

/**
 * The files of the last update: what is committed in the folder, by path. A file that is not committed is taken from the
 * disk, and so is every file outside a Git repository. Call it before files are written.
 * @param files the new files
 */
export function previousFiles(output: Output, files: OutputFiles): OutputFiles {
  const { folder } = output;
  const objects = committedObjects(folder);
  const list = listName(output);
  const readDisk = (name: string) => readText(join(folder, name));
  const lists = textsOf(objects, [list], readDisk, readDisk, folder);
  const listed = [...listedIn(lists.get(list)), ...listedIn(readDisk(list))];
  return textsOf(
    objects,
    [...new Set([...listed, ...files.keys()])],
    (name) => files.get(name),
    readDisk,
    folder,
  );
}

/** The id of each committed file below a folder, by path. Empty if nothing is committed, or Git cannot say it. */
function committedObjects(folder: string): ReadonlyMap<string, string> {
  const start = existing(folder);
  const within = withSlashes(relative(start, folder));
  const prefix = within === '' ? '' : `${within}/`;
  const tree = git(start, ['ls-tree', '-r', '-z', 'HEAD', ...(prefix === '' ? [] : [prefix])]);
  const lines = (tree ?? Buffer.of()).toString('utf8').split('\0');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, id = '', path = ''] = /^\d+ blob (\w+)\t([^]+)$/.exec(line) ?? [];
      return path.startsWith(prefix) && id !== '' ? [[path.slice(prefix.length), id]] : [];
    }),
  );
}

/**
 * The text of each file that is there.
 * @param known a text that is perhaps the committed one: most files have not changed, and need not be asked for
 * @param other the text of a file that is not committed
 */
function textsOf(
  objects: ReadonlyMap<string, string>,
  names: readonly string[],
  known: (name: string) => string | undefined,
  other: (name: string) => string | undefined,
  folder: string,
): OutputFiles {
  const texts = new Map<string, string>();
  const wanted: [string, string][] = [];
  for (const name of names) {
    const id = objects.get(name);
    const text = id === undefined ? other(name) : known(name);
    if (id !== undefined && (text === undefined || idOf(text, id.length) !== id)) wanted.push([name, id]);
    else if (text !== undefined) texts.set(name, text);
  }
  for (const [name, text] of contents(folder, wanted)) texts.set(name, text);
  return texts;
}

/** The id that Git gives a text, with SHA-1 or SHA-256. */
function idOf(text: string, length: number): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');
}

function contents(folder: string, wanted: readonly [string, string][]): [string, string][] {
  if (wanted.length === 0) return [];
  const input = wanted.map(([, id]) => `${id}\n`).join('');
  const output = git(existing(folder), ['cat-file', '--batch'], input) ?? Buffer.of();
  let at = 0;
  return wanted.flatMap(([name]): [string, string][] => {
    const end = output.indexOf('\n', at);
    if (end < 0) return [];
    const size = Number(output.toString('utf8', at, end).split(' ')[2]);
    at = end + 1 + size + 1;
    return [[name, output.toString('utf8', end + 1, end + 1 + size)]];
  });
}

/** The output of git; undefined if it fails, as it does outside a repository and before the first commit. */
function git(folder: string, args: readonly string[], input = ''): Buffer | undefined {
  // Not with a Runner: synth has nothing else to do until then.
  const { status, stdout } = spawnSync('git', args, { cwd: folder, input, maxBuffer: 2 ** 30 });
  return status === 0 ? stdout : undefined;
}

/** The folder, or the nearest one above it that exists. */
function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}
