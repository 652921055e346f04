import type { Size } from './units';

/**
 * Read-only configuration files in one folder. They are added to what the image has in the folder, and replace its files of
 * the same name.
 */
export interface Folder {
  readonly path: string;
  /** The content of each file, by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Whether a file is a program: its first line names what runs it. Then everybody may execute it. */
export function isProgram(content: string): boolean {
  return content.startsWith('#!');
}

/**
 * The mode of a configuration file, as a number: what `modes` says for its path, such as 0755; else everybody may read it,
 * and execute it if it is a program.
 */
export function modeOf(path: string, content: string, modes: Readonly<Record<string, string>>): number {
  const said = modes[path];
  return said === undefined ? (isProgram(content) ? 0o555 : 0o444) : Number.parseInt(said, 8);
}

/** A mode with the rights of the group for everybody: for files that belong to root alone, and not to the user's group. */
export function forEverybody(mode: number): number {
  return (mode & 0o770) | ((mode & 0o070) >> 3);
}

/** A folder with secrets as files. Only the user of the workload can read them. */
export interface SecretFolder {
  readonly path: string;
  /** The name of the secret in each file, by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A volume: its data stays when containers or pods are replaced. */
export interface Volume {
  readonly name: string;
  readonly path: string;
  readonly size: Size;
  /** Whether the user owns the folder in the image already, or the target has to change the owner. */
  readonly ownership: 'image' | 'target';
}

/** A folder of the Docker host that is mounted into a container. */
export interface BindMount {
  /** The folder, relative to the application's folder. */
  readonly folder: string;
  /** The absolute path in the container. */
  readonly path: string;
  readonly access: 'read-only' | 'read-write';
}

/** A writable folder for temporary files. What is written is gone with the release. */
export interface Scratch {
  /** The absolute path in the container. */
  readonly path: string;
  readonly size: Size;
  /** Whether the files are in memory, where they count against the memory limit, or on the disk of the node. */
  readonly medium: 'memory' | 'disk';
  /** What a release finds in the folder: nothing, or what the image has there. */
  readonly content: 'empty' | 'image';
}

/** A volume that several workloads mount. */
export interface SharedMount {
  /** The name of the volume, which no workload has. */
  readonly name: string;
  readonly size: Size;
  /** The absolute path in the container. */
  readonly path: string;
  readonly access: 'read-only' | 'read-write';
}
