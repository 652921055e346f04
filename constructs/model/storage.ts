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
