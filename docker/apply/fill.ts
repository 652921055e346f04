import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { octal } from '../container';
import { pulumiRestrictions } from '../restrictions';
import type { Label } from './engine';
import { small } from './engine-units';

/** A volume that was created for some files and contains them. */
export interface Filled {
  /** Changes with the files, so that a new volume is created. */
  readonly hash: pulumi.Output<string>;
  readonly volume: docker.Volume;
  /** The container through which the files were copied. It is never started. */
  readonly filler: docker.Container;
  readonly path: string;
}

interface FillContext {
  readonly project: string;
  /** The label of this deployment. */
  readonly mark: Label;
  /** The image of the workload. What it has in the folder is in the volume as well. */
  readonly image: string;
  /** Whether the image may have no program that it starts: the engine creates no container without one. */
  readonly needsProgram: boolean;
  /** Hashes the files. The hash is visible in labels. */
  readonly hash: (content: unknown) => pulumi.Output<string>;
  readonly options: pulumi.CustomResourceOptions;
}

/** A file to put into a volume. */
export interface UploadedFile {
  /** The absolute path. */
  readonly file: string;
  readonly content: pulumi.Input<string>;
  readonly mode: number;
  /** Whether the mode is part of what the volume depends on; it is not if it follows from the content. */
  readonly hasOwnMode: boolean;
}

/** A folder to make a volume of, with the files in it and in the folders below. */
export interface FilledFolder {
  /** The name without the project, such as `database-secrets`. */
  readonly label: string;
  readonly path: string;
  readonly files: readonly UploadedFile[];
}

/**
 * Creates a volume with files, by uploading them to a container that is never started. Docker cannot upload files to the
 * container of the workload, because its root is read-only. Files of this machine cannot be mounted, because the engine may
 * be on another host.
 */
export function fillVolume(
  { label, path, files }: FilledFolder,
  { project, mark, image, needsProgram, hash: hashOf, options }: FillContext,
): Filled {
  const contents = pulumi.all(
    files.map(({ file, content }) => pulumi.output(content).apply((text): [string, string] => [file, text])),
  );
  const modes = files.filter(({ hasOwnMode }) => hasOwnMode).map(({ file, mode }) => [file, mode]);
  // The engine copies what the image has in the folder into the new volume, so a new image needs a new volume.
  const hash = pulumi.unsecret(
    contents.apply((all) => hashOf(modes.length > 0 ? [image, all, modes] : [image, all])),
  );
  const name = `${project}-${label}`;
  // Pulumi adds a random suffix to the name, so that new files never collide with a volume that still exists.
  const labels = [mark, { label: 'catamaran.content', value: hash }];
  const volume = new docker.Volume(name, { labels }, { ...options, deleteBeforeReplace: false });
  const filler = new docker.Container(
    name,
    {
      labels,
      image,
      ...(needsProgram && { entrypoints: ['true'] }),
      // The engine looks up the owner of the files by name, and every image has root.
      user: 'root',
      start: false,
      mustRun: false,
      ...pulumiRestrictions(),
      ...small,
      networkMode: 'none',
      volumes: [{ volumeName: volume.name, containerPath: path }],
      uploads: files.map(({ file, content, mode }) => ({ file, content, permissions: octal(mode) })),
    },
    options,
  );
  return { hash, volume, filler, path };
}
