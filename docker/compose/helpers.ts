import { posix } from 'node:path';
import { sortedKeys } from '../../constructs/model/sorted';
import { comment, type YamlMap } from '../../constructs/target/yaml';
import { byteText, copiedFolder, image, memoryFolder, nonEmptyList, pullPolicy } from './parts';
import { ownership } from '../folder-owner';
import { composeRestrictions } from '../restrictions';
import { labelOf, unowned, userOf, type Container, type MountedFiles } from '../container';

/** The limits of a helper service, which ends after a moment. */
const small = { cpus: 0.1, mem_limit: byteText(16 * 1024 ** 2), pids_limit: 8 };

/** The helper services of a container by name. They use its image, or the toolbox if that has no shell. They run before it, and end. */
export function helpersOf(container: Container, sources: string): Record<string, YamlMap> {
  return {
    ...(unowned(container.volumes).length > 0 && { [ownerName(container)]: owner(container, sources) }),
    ...folderOwner(container, sources),
    ...Object.fromEntries(
      container.secrets.map((folder) => [fillerName(folder), filler(container, folder, sources)]),
    ),
  };
}

/**
 * The service that copies the secrets of a container into a volume that only this container mounts. Compose cannot write
 * secrets into a container with a read-only root, so this service has a writable root.
 */
function filler(container: Container, { id, path, files }: MountedFiles, sources: string): YamlMap {
  return {
    [comment]: `Copies the secrets that ${container.name} reads from files into a volume that only ${container.name} mounts, and ends.
Compose cannot do so in ${container.name} itself, because its root file system is read-only.`,
    ...helperImage(container, sources),
    volumes: [{ type: 'volume', source: id, target: path }],
    secrets: Object.entries(files).map(([name, secret]) => ({
      source: secret,
      target: posix.join(path, name),
      // No uid here: with one, the engine looks up the user in the image, which may have no such user.
      mode: '0444',
    })),
    network_mode: 'none',
    entrypoint: ['true'],
    restart: 'no',
    user: userOf(container),
    ...sortedKeys({
      ...composeRestrictions,
      ...helperPolicy(container),
      ...small,
      tmpfs: nonEmptyList(mountsForImageVolumes(container)),
    }),
  };
}

/** The service that makes the user of a container the owner of its volumes. Its only capability is to change owners. */
function owner(container: Container, sources: string): YamlMap {
  const volumes = unowned(container.volumes);
  return {
    [comment]: `Makes the user of ${container.name} the owner of its volumes, and ends: Docker creates volumes that belong to root.
This runs as root and can only change owners, so that ${container.name} itself never needs root.`,
    ...helperImage(container, sources),
    volumes: volumes.map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
    network_mode: 'none',
    entrypoint: ['chown', userOf(container), ...volumes.map(({ path }) => path)],
    restart: 'no',
    user: '0:0',
    ...sortedKeys({
      ...composeRestrictions,
      ...helperPolicy(container),
      cap_add: ['CHOWN'],
      ...small,
      read_only: true,
    }),
  };
}

/** The service that makes the user of a container the owner of its folders with the content of the image; none for root. */
function folderOwner(container: Container, sources: string): Record<string, YamlMap> {
  const { name, imageFolders } = container;
  const owner = ownership(container);
  if (owner.kind === 'image') return {};
  return {
    [`${name}.folders`]: {
      [comment]: `Makes the user of ${name} the owner of its copies of folders of the image, and ends: Docker copies their owners as well.
This runs as root and can only read files and change owners, so that ${name} itself never needs root.`,
      ...image(container, sources),
      volumes: imageFolders.map((folder) => copiedFolder(folder, 'this')),
      network_mode: 'none',
      entrypoint: owner.command,
      restart: 'no',
      user: '0:0',
      ...sortedKeys({
        ...composeRestrictions,
        ...pullPolicy(container),
        cap_add: owner.capabilities,
        ...small,
        cpus: container.cpus,
        read_only: true,
      }),
    },
  };
}

// An image may declare volumes. Docker would create an anonymous volume for each that has no mount, and never remove it.
function mountsForImageVolumes({ volumes, imageFolders, tmpfs }: Container): string[] {
  return [...volumes, ...imageFolders, ...tmpfs].map(({ path }) => memoryFolder(path, 1024 ** 2));
}

function helperImage(container: Container, sources: string): YamlMap {
  return container.toolbox === '' ? image(container, sources) : { image: container.toolbox };
}

function helperPolicy(container: Container): YamlMap {
  return container.toolbox === '' ? pullPolicy(container) : {};
}

// The name of a component cannot contain a dot, so these names are free.
function ownerName({ name }: Container): string {
  return `${name}.volumes`;
}

function fillerName(files: MountedFiles): string {
  return labelOf(files).replace(/-secrets((?:-\d+)?)$/, '.secrets$1');
}
