import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Container } from '../container';
import { keepsData, type EnvironmentSpec } from '../../constructs/environment/environment';

/** A volume with data. @param onEngine its name on the engine */
export function dataVolume(
  name: string,
  onEngine: string,
  environment: EnvironmentSpec,
  options: pulumi.CustomResourceOptions,
): docker.Volume {
  return new docker.Volume(
    name,
    { name: onEngine },
    // The volume may exist already with another driver: ignore that, since replacing it would lose the data.
    { ...options, retainOnDelete: keepsData(environment), ignoreChanges: ['driver', 'driverOpts'] },
  );
}

/** The volumes of a container, with where it mounts them. */
export function dataVolumes(
  { volumes }: Container,
  project: string,
  environment: EnvironmentSpec,
  options: pulumi.CustomResourceOptions,
) {
  return volumes.map((mount) => ({
    ...mount,
    volume: dataVolume(mount.name, `${project}-${mount.name}`, environment, options),
  }));
}
