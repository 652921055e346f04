import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { confined, type Container } from '../container';
import type { Label } from './engine';
import { small } from './engine-units';

/** A volume that was made, and where a container has it. */
export interface MadeVolume {
  readonly volume: docker.Volume;
  readonly path: string;
}

interface GiveContext {
  readonly project: string;
  /** Says whose it is. */
  readonly mark: Label;
  readonly options: pulumi.CustomResourceOptions;
}

/**
 * Gives volumes to the user of a container, through another that runs and ends: an engine makes a volume that
 * the image does not have as root's, and root alone can give it away, with no other right.
 */
export function giveVolumes(
  { name, image, user }: Container,
  volumes: readonly MadeVolume[],
  { project, mark, options }: GiveContext,
): docker.Container {
  return new docker.Container(
    `${name}-volumes`,
    {
      name: `${project}-${name}-volumes`,
      labels: [mark],
      image,
      entrypoints: ['chown', `${user.uid}:${user.gid}`, ...volumes.map(({ path }) => path)],
      user: '0:0',
      capabilities: { adds: ['CAP_CHOWN'], drops: ['ALL'] },
      ...confined,
      ...small,
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
}
