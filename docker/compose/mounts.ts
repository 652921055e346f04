import { posix } from 'node:path';
import type { YamlMap } from '../../constructs/target/yaml';
import { copiedFolder } from './parts';
import { isRoot, type Container, type MountedFiles } from '../container';

/** The mounts of a service. @param sources the path from the folder of compose.yaml to the application's folder */
export function mountsOf(container: Container, sources: string): YamlMap[] {
  return [
    ...container.volumes.map(({ name, path }) => ({ type: 'volume', source: name, target: path })),
    ...container.shared.map(({ name, path, access }) => ({
      type: 'volume',
      source: name,
      target: path,
      ...(access === 'read-only' && { read_only: true }),
      // The owner is set already: the engine would copy an empty folder again, with the owner that the image says.
      volume: { nocopy: true },
    })),
    ...container.imageFolders.map((folder) => copiedFolder(folder, isRoot(container) ? 'this' : 'another')),
    ...container.binds.map(({ folder, path, readOnly }) => ({
      type: 'bind',
      // In the model, folders are relative to the application's folder. An override may use an absolute path.
      source: posix.isAbsolute(folder) ? folder : posix.join(sources, folder),
      target: path,
      read_only: readOnly,
      // Otherwise Docker would create a missing folder, with root as its owner.
      bind: { create_host_path: false },
    })),
    ...container.configs.flatMap(configMounts),
    ...container.secrets.map(({ id, path }) => ({
      type: 'volume',
      source: id,
      target: path,
      read_only: true,
    })),
  ];
}

/** The mounts of configuration files, each by itself: a mounted folder would hide what the image has there. */
export function configMounts({ id, path, files }: MountedFiles): YamlMap[] {
  return Object.keys(files).map((name) => ({
    type: 'bind',
    source: `./${id}/${name}`,
    target: posix.join(path, name),
    read_only: true,
    // Otherwise Docker would create a folder if the file is missing.
    bind: { create_host_path: false },
  }));
}
