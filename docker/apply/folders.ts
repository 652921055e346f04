import { posix } from 'node:path';
import { labelOf, modeOfConfig, modeOfSecret, type Container, type MountedFiles } from '../container';
import type { UploadedFile } from './fill';

/** A file of a container, whose content is a text or the value of a secret. */
export type PlannedFile = Omit<UploadedFile, 'content'> &
  ({ readonly kind: 'text'; readonly text: string } | { readonly kind: 'secret'; readonly secret: string });

/** A folder of a container that becomes a volume, with the files in it and in the folders below. */
export interface PlannedFolder {
  readonly label: string;
  readonly path: string;
  readonly files: readonly PlannedFile[];
}

/**
 * The folders of a container with files and secrets. A folder is one volume with the folders in it: a volume in another one
 * would need a place there.
 */
export function foldersOf({ configs, secrets }: Container): PlannedFolder[] {
  const all = [
    ...configs.map((folder) => ({ ...folder, label: labelOf(folder), planned: configFiles(folder) })),
    ...secrets.map((folder) => ({ ...folder, label: labelOf(folder), planned: secretFiles(folder) })),
  ];
  const outermost = all.filter(
    ({ path }, index) =>
      !all.some((other, place) => isInside(path, other.path) || (other.path === path && place < index)),
  );
  return outermost.map(({ label, path }) => ({
    label,
    path,
    files: all.flatMap((one) => (one.path === path || isInside(one.path, path) ? one.planned : [])),
  }));
}

/** Whether a folder is in another one. */
export function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`) && path !== folder;
}

function configFiles(folder: MountedFiles): PlannedFile[] {
  return Object.entries(folder.files).map(([name, text]) => ({
    ...place(folder, name),
    kind: 'text',
    text,
    mode: modeOfConfig(folder, name, text),
  }));
}

function secretFiles(folder: MountedFiles): PlannedFile[] {
  return Object.entries(folder.files).map(([name, secret]) => ({
    ...place(folder, name),
    kind: 'secret',
    secret,
    mode: modeOfSecret(folder, name),
  }));
}

function place({ path, modes = {} }: MountedFiles, name: string) {
  return { file: posix.join(path, name), hasOwnMode: Object.hasOwn(modes, name) };
}
