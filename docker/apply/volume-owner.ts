import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { userOf, type Container } from '../container';
import { pulumiRestrictions } from '../restrictions';
import type { Label } from './engine';
import { ownerHelper, small } from './engine-units';

/** A volume, and the path at which a container mounts it. */
export interface MountedVolume {
  readonly volume: docker.Volume;
  readonly path: string;
}

interface OwnerContext {
  readonly project: string;
  /** The label of this deployment. */
  readonly mark: Label;
  readonly options: pulumi.CustomResourceOptions;
}

/** Makes the user of a container the owner of its volumes. */
export function setVolumeOwner(
  container: Container,
  volumes: readonly MountedVolume[],
  context: OwnerContext,
): docker.Container {
  return chown(container.name, container, volumes, context);
}

/** Makes the user of all writers the owner of a shared volume. @param writer the first container that writes to it */
export function setSharedOwner(
  writer: Container,
  name: string,
  mounted: MountedVolume,
  context: OwnerContext,
): docker.Container {
  return chown(name, writer, [mounted], context);
}

/**
 * Makes the user of a container the owner of volumes, with a helper container that runs once. If the image has no
 * folder at the path of a volume, the engine creates the volume with root as its owner. Only root can change the owner, so
 * the helper runs as root. Its only capability is to change owners.
 */
function chown(
  name: string,
  container: Container,
  volumes: readonly MountedVolume[],
  { project, mark, options }: OwnerContext,
): docker.Container {
  const { image, toolbox } = container;
  return new docker.Container(
    `${name}-volumes`,
    {
      name: `${project}-${name}-volumes`,
      labels: [mark],
      image: toolbox === '' ? image : toolbox,
      entrypoints: ['chown', userOf(container), ...volumes.map(({ path }) => path)],
      ...pulumiRestrictions(['CAP_CHOWN']),
      ...small,
      ...ownerHelper,
      volumes: volumes.map(({ volume, path }) => ({ volumeName: volume.name, containerPath: path })),
    },
    options,
  );
}
