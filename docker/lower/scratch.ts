import type { Difference } from '../../constructs/target/lowering';
import { imageName } from '../../constructs/model/image';
import type { Workload } from '../../constructs/model/workload';
import { imageFolder, type Container } from '../container';

type Folders = Workload['scratch'];

/** The notes on folders for temporary files. */
export const scratchDifferences: readonly Difference<Folders>[] = [
  {
    when: (scratch) => scratch.some(({ medium, content }) => medium === 'disk' && content === 'empty'),
    note: 'Scratch folders are in memory, and count towards the memory limit of the container',
  },
  {
    when: (scratch) => scratch.some(({ content }) => content === 'image'),
    note:
      "A folder with the image's content is a volume on the disk, without a limit of its size. A new image gets a new one, " +
      'and a restart keeps what was written. An image without a digest that changes under its tag needs another tag',
  },
  {
    when: (scratch, { replicas }) => replicas > 1 && scratch.some(({ content }) => content === 'image'),
    note:
      "With compose, all replicas of a component share a folder with the image's content. With @pulumi/docker, each has " +
      'its own',
  },
  {
    when: (scratch, { privilege }) =>
      privilege.kind === 'none' && scratch.some(({ content }) => content === 'image'),
    note:
      "The engine copies a folder of the image with the owners that the image says. Another container then runs the image's " +
      'chown as root, so that the user owns all of it. It can read all files and change owners, and nothing else',
  },
];

/** Folders that start empty are in memory. Those that start with the content of the image are volumes. */
export function lowerScratch(
  scratch: Folders,
  { name, image }: Workload,
): Pick<Container, 'tmpfs' | 'imageFolders'> {
  const empty = scratch.filter(({ content }) => content === 'empty');
  const copied = scratch.filter(({ content }) => content === 'image');
  return {
    tmpfs: empty.map(({ path, size }) => ({ path, size: size.bytes })),
    imageFolders: copied.map(({ path }, index) =>
      imageFolder(index === 0 ? `${name}-scratch` : `${name}-scratch-${index + 1}`, path, imageName(image)),
    ),
  };
}
