import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { labelOf, type Container } from '../container';
import { ownership } from '../folder-owner';
import { pulumiRestrictions } from '../restrictions';
import type { Label } from './engine';
import { processors, small } from './engine-units';
import type { MountedVolume } from './volume-owner';

/** The folders of one replica that start with the content of the image, and what its container waits for. */
export interface CopiedFolders {
  readonly volumes: readonly MountedVolume[];
  /** The container that makes the user the owner of the folders; none if there is nothing to do. */
  readonly owner: readonly docker.Container[];
}

interface FolderContext {
  readonly project: string;
  /** The label of this deployment. */
  readonly mark: Label;
  readonly options: pulumi.CustomResourceOptions;
}

/**
 * Creates the folders of one replica that start with the content of the image. The engine copies the content when a
 * container first mounts the volume at the path of the folder.
 * @param replica the number of the replica
 */
export function copyFolders(
  container: Container,
  replica: number,
  { project, mark, options }: FolderContext,
): CopiedFolders {
  const { name, image, imageFolders } = container;
  const volumes = imageFolders.map((folder) => ({
    path: folder.path,
    // Pulumi adds a random suffix to the name, so that a new image never meets a volume that still exists.
    volume: new docker.Volume(
      `${project}-${labelOf(folder)}-of-${replica}`,
      { labels: [mark, { label: 'catamaran.content', value: folder.id }] },
      { ...options, deleteBeforeReplace: false },
    ),
  }));
  const owner = ownership(container);
  if (owner.kind === 'image') return { volumes, owner: [] };
  const made = new docker.Container(
    `${project}-${name}-folders-${replica}`,
    {
      labels: [mark],
      image,
      entrypoints: [...owner.command],
      user: '0:0',
      ...pulumiRestrictions(owner.capabilities),
      ...small,
      cpus: processors(container.cpus),
      readOnly: true,
      networkMode: 'none',
      restart: 'no',
      mustRun: false,
      attach: true,
      logs: true,
      volumes: volumes.map(({ volume, path }) => ({ volumeName: volume.name, containerPath: path })),
    },
    options,
  );
  return { volumes, owner: [made] };
}
