import { posix } from 'node:path';
import { forEverybody, isProgram, modeOf, type Folder } from '../../constructs/model/storage';
import type { Workload } from '../../constructs/model/workload';
import { contentHash } from '../../constructs/target/hash';
import { manifest, type Context, type Fragment } from './context';

/** The files that a workload mounts as configuration. */
export function lowerFiles(files: Workload['files'], workload: Workload, context: Context) {
  return configuration(files, 'files', workload, context);
}

/**
 * Folders of configuration. Each folder is a ConfigMap, and its name ends with a hash of the files. Each file is mounted by
 * itself: a mounted folder would hide what the image has there.
 */
export function configuration(
  folders: readonly Folder[],
  label: string,
  workload: Workload,
  context: Context,
) {
  const maps = folders.map(({ path, files }, index) => ({
    volume: `${label}-${index}`,
    path,
    files,
    map: manifest(context, 'v1', 'ConfigMap', `${workload.name}-${label}-${contentHash(files)}`, {
      immutable: true,
      data: files,
    }),
  }));
  if (maps.length === 0) return {};
  return {
    container: {
      volumeMounts: maps.flatMap(({ volume, path, files }) =>
        Object.keys(files).map((name) => ({
          name: volume,
          mountPath: posix.join(path, name),
          subPath: name,
          readOnly: true,
        })),
      ),
    },
    pod: {
      volumes: maps.map(({ volume, map, path, files }) => ({
        name: volume,
        configMap: { name: map.metadata.name, ...modes(path, files, workload) },
      })),
    },
    objects: maps.map(({ map }) => map),
  } satisfies Fragment;
}

// Without this list, every file of a ConfigMap has the mode 0644.
function modes(
  folder: string,
  files: Folder['files'],
  { fileModes: said, privilege }: Pick<Workload, 'fileModes' | 'privilege'>,
) {
  const hasModes = Object.keys(files).some((name) => Object.hasOwn(said, posix.join(folder, name)));
  if (!hasModes && !Object.values(files).some(isProgram)) return {};
  const items = Object.entries(files).map(([name, content]) => ({
    key: name,
    path: name,
    mode: visible(modeOf(posix.join(folder, name), content, said), privilege),
  }));
  return { items };
}

/**
 * Folders of secrets, which only the group of the workload's user can read. Root may become any user, so there everybody in
 * the container can read them.
 */
export function lowerSecretFiles(
  folders: Workload['secretFiles'],
  { privilege }: Pick<Workload, 'privilege'>,
  { secretName }: Context,
) {
  if (folders.length === 0) return {};
  const named = folders.map((folder, index) => ({ ...folder, name: `secrets-${index}` }));
  return {
    container: { volumeMounts: named.map(({ name, path }) => ({ name, mountPath: path, readOnly: true })) },
    pod: {
      volumes: named.map(({ name, files }) => ({
        name,
        secret: {
          secretName,
          defaultMode: privilege.kind === 'root' ? 0o444 : 0o440,
          items: Object.entries(files).map(([path, key]) => ({ key, path })),
        },
      })),
    },
  } satisfies Fragment;
}

/** The mode of a file, which others can read as well if there is no group for the files of the pod. */
function visible(mode: number, { kind }: Workload['privilege']): number {
  return kind === 'root' ? forEverybody(mode) : mode;
}

/** Secrets as files in folders of the image. Each is mounted by itself, so that what the image has there stays. */
export function lowerAddedSecrets(
  folders: Workload['addedSecrets'],
  { secretFiles, fileModes, privilege }: Workload,
  { secretName }: Context,
) {
  if (folders.length === 0) return {};
  const named = folders.map((folder, index) => ({
    ...folder,
    volume: `secrets-${secretFiles.length + index}`,
  }));
  return {
    container: {
      volumeMounts: named.flatMap(({ volume, path, files }) =>
        Object.keys(files).map((file) => ({
          name: volume,
          mountPath: posix.join(path, file),
          subPath: file,
          readOnly: true,
        })),
      ),
    },
    pod: {
      volumes: named.map(({ volume, path, files }) => ({
        name: volume,
        secret: {
          secretName,
          defaultMode: visible(0o440, privilege),
          items: Object.entries(files).map(([file, key]) => {
            const mode = fileModes[posix.join(path, file)];
            return {
              key,
              path: file,
              ...(mode !== undefined && { mode: visible(Number.parseInt(mode, 8), privilege) }),
            };
          }),
        },
      })),
    },
  } satisfies Fragment;
}
