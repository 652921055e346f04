import { posix } from 'node:path';
import { sortedKeys } from '../../constructs/model/sorted';
import { comment, type YamlMap } from '../../constructs/target/yaml';
import { bytes, confined, image, memoryFolder, nonEmptyList, pullPolicy, userOf } from './parts';
import { labelOf, unowned, type Container, type MountedFiles } from '../container';

/** The services by name that run before a container, of its image, and end. */
export function helpersOf(container: Container, sources: string): Record<string, YamlMap> {
  return {
    ...(unowned(container).length > 0 && { [ownerName(container)]: owner(container, sources) }),
    ...Object.fromEntries(
      container.secrets.map((folder) => [fillerName(folder), filler(container, folder, sources)]),
    ),
  };
}

/**
 * Compose puts secrets into no container whose root is read-only: another of the same image takes them into
 * a volume that only the one container has, and ends.
 */
function filler(container: Container, { id, path, files }: MountedFiles, sources: string): YamlMap {
  return {
    [comment]: `Brings the secrets that ${container.name} reads from files, and ends: compose puts no file into a container with
a read-only root. It has the same image, and takes the secrets into a volume that only ${container.name} mounts.`,
    ...image(container, sources),
    volumes: [{ type: 'volume', source: id, target: path }],
    secrets: Object.entries(files).map(([name, secret]) => ({
      source: secret,
      target: posix.join(path, name),
      // With an owner, compose asks the engine to find the container's user by name, which may have none.
      mode: '0444',
    })),
    network_mode: 'none',
    entrypoint: ['true'],
    restart: 'no',
    user: userOf(container),
    ...sortedKeys({
      ...confined,
      ...pullPolicy(container),
      cpus: 0.1,
      mem_limit: bytes(16 * 1024 ** 2),
      pids_limit: 8,
      tmpfs: nonEmptyList(owned(container)),
    }),
  };
}

// An engine makes a volume that the image does not have as root's: root gives it away, and can do nothing else.
function owner(container: Container, sources: string): YamlMap {
  const volumes = unowned(container);
  return {
    [comment]: `Gives volumes to the user of ${container.name}, and ends: a new volume of Docker belongs to root. This runs as root and
may do nothing else, so that ${container.name} itself never needs root.`,
    ...image(container, sources),
    volumes: volumes.map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
    network_mode: 'none',
    entrypoint: ['chown', userOf(container), ...volumes.map(({ path }) => path)],
    restart: 'no',
    user: '0:0',
    ...sortedKeys({
      ...confined,
      ...pullPolicy(container),
      cap_add: ['CHOWN'],
      cpus: 0.1,
      mem_limit: bytes(16 * 1024 ** 2),
      pids_limit: 8,
      read_only: true,
    }),
  };
}

// What the image declares a volume, and nothing is mounted at, would be one that nobody owns.
function owned({ volumes, tmpfs }: Container): string[] {
  return [...volumes, ...tmpfs].map(({ path }) => memoryFolder(path, 1024 ** 2));
}

// No component has a dot in its name.
function ownerName({ name }: Container): string {
  return `${name}.volumes`;
}

function fillerName(files: MountedFiles): string {
  return labelOf(files).replace(/-secrets$/, '.secrets');
}
