import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { labelOf, type Container } from '../container';
import { ownership } from '../folder-owner';
import { prefixed, pulumiRestrictions } from '../restrictions';
import type { Label } from './engine';
import { ownerHelper, processors, small } from './engine-units';

type Mount = docker.types.input.ContainerVolume;

/** The folders of one replica that start with the content of the image, and what its container waits for. */
export interface CopiedFolders {
  readonly mounts: readonly Mount[];
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
  const mounts = imageFolders.map((folder): Mount => {
    // Pulumi adds a random suffix to the name, so that a new image never meets a volume that still exists.
    const volume = new docker.Volume(
      `${project}-${labelOf(folder)}-of-${replica}`,
      { labels: [mark, { label: 'catamaran.content', value: folder.id }] },
      { ...options, deleteBeforeReplace: false },
    );
    return { volumeName: volume.name, containerPath: folder.path };
  });
  const owner = ownership(container);
  if (owner.kind === 'image') return { mounts, owner: [] };
  const made = new docker.Container(
    `${project}-${name}-folders-${replica}`,
    {
      labels: [mark],
      image,
      entrypoints: [...owner.command],
      ...pulumiRestrictions(owner.capabilities.map(prefixed)),
      ...small,
      cpus: processors(container.cpus),
      ...ownerHelper,
      volumes: mounts,
    },
    // The containers of two releases run beside each other, each with folders of its own.
    { ...options, deleteBeforeReplace: false },
  );
  // For a mount of its own, the engine would copy an empty folder again, with the owner that the image says.
  return { mounts: [{ fromContainer: made.name }], owner: [made] };
}
