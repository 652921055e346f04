import { posix } from 'node:path';
import { sortedKeys } from '../../constructs/model/sorted';
import { comment, type YamlMap } from '../../constructs/target/yaml';
import { byteText, copiedFolder, image, memoryFolder, nonEmptyList, pullPolicy } from './parts';
import { ownership } from '../folder-owner';
import { composeRestrictions } from '../restrictions';
import type { SharedVolume } from '../shared-volumes';
import {
  labelOf,
  modeOfSecret,
  octal,
  unowned,
  userOf,
  type Container,
  type MountedFiles,
} from '../container';
import { configMounts } from './mounts';

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
function filler(container: Container, folder: MountedFiles, sources: string): YamlMap {
  const { path, files } = folder;
  return {
    [comment]: `Copies the secrets that ${container.name} reads from files into a volume that only ${container.name} mounts, and ends.
Compose cannot do so in ${container.name} itself, because its root file system is read-only.`,
    ...helperImage(container, sources),
    volumes: [filledVolume(container, folder), ...mountsInside(container, folder)],
    secrets: Object.entries(files).map(([name, secret]) => ({
      source: secret,
      target: posix.join(path, name),
      // No uid here: with one, the engine looks up the user in the image, which may have no such user.
      mode: octal(modeOfSecret(folder, name)),
    })),
    network_mode: 'none',
    entrypoint: ['true'],
    restart: 'no',
    user: userOf(container),
    ...sortedKeys({
      ...composeRestrictions,
      ...helperPolicy(container),
      ...small,
      tmpfs: nonEmptyList([...mountsForImageVolumes(container), ...foldersInside(container, folder)]),
    }),
  };
}

/** The service that makes the user of a container the owner of its volumes. */
function owner(container: Container, sources: string): YamlMap {
  return {
    [comment]: `Makes the user of ${container.name} the owner of its volumes, and ends: Docker creates volumes that belong to root.
This runs as root and can only change owners, so that ${container.name} itself never needs root.`,
    ...chown(container, unowned(container.volumes), sources),
  };
}

/** The service that makes the user of all writers the owner of a shared volume. */
export function sharedOwner({ name, writer, path }: SharedVolume, sources: string): YamlMap {
  return {
    [comment]: `Makes the user of ${writer.name} the owner of the shared volume ${name}, and ends: Docker creates volumes that belong to
root. This runs as root and can only change owners, before any service that mounts the volume starts.`,
    ...chown(writer, [{ name, path }], sources),
  };
}

/** A service that makes the user of a container the owner of volumes. Its only capability is to change owners. */
function chown(
  container: Container,
  volumes: readonly { readonly name: string; readonly path: string }[],
  sources: string,
): YamlMap {
  return {
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

/**
 * What the container mounts in a folder of its own image: the filler mounts it as well, so that the engine makes the places
 * for it in the volume, which is read-only for the container.
 */
function mountsInside({ configs }: Container, { path, beside = [] }: MountedFiles): YamlMap[] {
  if (beside.length === 0) return [];
  return configs.filter((config) => `${config.path}/`.startsWith(`${path}/`)).flatMap(configMounts);
}

function foldersInside({ secrets }: Container, { path, beside = [] }: MountedFiles): string[] {
  if (beside.length === 0) return [];
  return secrets
    .filter((other) => other.path.startsWith(`${path}/`))
    .map((other) => memoryFolder(other.path, 1024 ** 2));
}

/** The volume of a filler. The toolbox must not copy its own content into a folder of the image: the container itself does. */
function filledVolume({ toolbox }: Container, { id, path, beside = [] }: MountedFiles): YamlMap {
  const isOther = toolbox !== '' && beside.length > 0;
  return { type: 'volume', source: id, target: path, ...(isOther && { volume: { nocopy: true } }) };
}

// An image may declare volumes. Docker would create an anonymous volume for each that has no mount, and never remove it.
function mountsForImageVolumes({ volumes, shared, imageFolders, tmpfs }: Container): string[] {
  return [...volumes, ...shared, ...imageFolders, ...tmpfs].map(({ path }) => memoryFolder(path, 1024 ** 2));
}

function helperImage(container: Container, sources: string): YamlMap {
  return container.toolbox === '' ? image(container, sources) : { image: container.toolbox };
}

function helperPolicy(container: Container): YamlMap {
  return container.toolbox === '' ? pullPolicy(container) : {};
}

/**
 * The service that makes the owner of the volumes of a component, or of a shared volume. The name of neither can contain a
 * dot, so these names are free.
 */
export function ownerName({ name }: { readonly name: string }): string {
  return `${name}.volumes`;
}

function fillerName(files: MountedFiles): string {
  return labelOf(files).replace(/-secrets((?:-\d+)?)$/, '.secrets$1');
}
