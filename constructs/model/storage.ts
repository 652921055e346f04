import type { Size } from './units';

/** Configuration files that a workload finds in one folder, read-only; the folder holds nothing else. */
export interface Folder {
  readonly path: string;
  /** Content by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Secrets that a workload finds as files in one folder, readable by its user alone. */
export interface SecretFolder {
  readonly path: string;
  /** The name of a secret by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Storage that belongs to the application and outlives every container or pod. */
export interface Volume {
  readonly name: string;
  readonly path: string;
  readonly size: Size;
  /** Whether the image already has the folder as its user's, or the target has to give it to the user. */
  readonly ownership: 'image' | 'target';
}

/** A folder of the host that the engine runs on. */
export interface BindMount {
  /** Relative to the application's folder. */
  readonly folder: string;
  readonly path: string;
  readonly access: 'read-only' | 'read-write';
}

/** A writable folder in memory or on the node's disk that is empty at every start. */
export interface Scratch {
  readonly path: string;
  readonly size: Size;
  readonly medium: 'memory' | 'disk';
}
