import { posix } from 'node:path';
import { imageName } from '../../constructs/model/image';
import type { Folder, SecretFolder } from '../../constructs/model/storage';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';
import type { Lowering } from '../../constructs/target/lowering';
import { identified, type Container, type MountedFiles } from '../container';

/** Folders of configuration files. */
export function lowerFiles(
  folders: readonly Folder[],
  { name, fileModes }: Workload,
): Pick<Container, 'configs'> {
  return {
    configs: folders.map((folder, index) =>
      identified(numbered(`${name}-files`, index), folder.path, folder.files, {
        modes: modesIn(folder, fileModes),
      }),
    ),
  };
}

/** Folders that have secrets only. */
export function lowerSecretFiles(
  folders: readonly SecretFolder[],
  { name }: Workload,
): Pick<Container, 'secrets'> {
  return {
    secrets: folders.map(({ path, files }, index) =>
      identified(numbered(`${name}-secrets`, index), path, files),
    ),
  };
}

/** How Docker adds secrets to folders of an image. */
export const loweringOfAddedSecrets = {
  support: 'emulated',
  differences: [
    {
      when: (folders) => folders.length > 0,
      note:
        'The folder of the files is a read-only volume that starts with what the image has there. Other files, and an image ' +
        'with another name, tag or digest, get a new volume',
    },
  ],
  lower: lowerAddedSecrets,
} satisfies Lowering<Workload['addedSecrets'], Partial<Container>, ApplicationModel>;

/** How Docker sets the modes of files. They are rendered with the files. */
export const loweringOfModes = {
  support: 'emulated',
  differences: [
    {
      when: (modes) => Object.values(modes).some((mode) => !/^0?(?:644|755)$/.test(mode)),
      note:
        'Everybody in the container has the rights of the group, because the files belong to root. With compose, ' +
        'configuration files have the mode 0644 or 0755, because git keeps no other',
    },
  ],
  lower: () => ({}),
} satisfies Lowering<Workload['fileModes'], Partial<Container>, ApplicationModel>;

/** Folders that have secrets beside what the image has there. */
function lowerAddedSecrets(
  folders: readonly SecretFolder[],
  { name, image, files, secretFiles, fileModes }: Workload,
): Pick<Container, 'secrets'> {
  return {
    secrets: folders.map((folder, index) => {
      const inside = files.filter(({ path }) => `${path}/`.startsWith(`${folder.path}/`));
      return identified(numbered(`${name}-secrets`, secretFiles.length + index), folder.path, folder.files, {
        modes: modesIn(folder, fileModes),
        beside: [imageName(image), ...inside.flatMap(pathsOf).sort()],
      });
    }),
  };
}

function pathsOf({ path, files }: Folder): string[] {
  return Object.keys(files).map((name) => posix.join(path, name));
}

function modesIn({ path, files }: Folder, modes: Workload['fileModes']): NonNullable<MountedFiles['modes']> {
  return Object.fromEntries(
    Object.keys(files).flatMap((name) => {
      const mode = modes[posix.join(path, name)];
      return mode === undefined ? [] : [[name, Number.parseInt(mode, 8)]];
    }),
  );
}

/** The label of one of several folders. The first has no number. */
function numbered(label: string, index: number): string {
  return index === 0 ? label : `${label}-${index + 1}`;
}
