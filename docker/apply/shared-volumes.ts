import type * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Container } from '../container';
import type { DockerPlan } from '../plan';
import { sharedVolumesOf } from '../shared-volumes';
import type { Label } from './engine';
import { succeeded, type Ready } from './ended';
import { setSharedOwner } from './volume-owner';

/** A shared volume, and what ends when it belongs to the user of its writers. */
export interface SharedData {
  readonly volume: docker.Volume;
  readonly owner: Ready;
}

interface SharedContext {
  readonly mark: Label;
  readonly options: pulumi.CustomResourceOptions;
  readonly image: (container: Container) => pulumi.Resource;
  readonly volume: (name: string) => docker.Volume;
  /** Whether to wait until the owner is set. */
  readonly waits: boolean;
}

/** Creates the shared volumes of a plan, by name. */
export function sharedData(
  { project, containers }: DockerPlan,
  { mark, options, image, volume: make, waits }: SharedContext,
): ReadonlyMap<string, SharedData> {
  return new Map(
    sharedVolumesOf(containers).map(({ name, writer, path }) => {
      const volume = make(name);
      const made = setSharedOwner(
        writer,
        name,
        { volume, path },
        { project, mark, options: { ...options, dependsOn: [image(writer)] } },
      );
      const owner = waits
        ? succeeded(made, `${name}: the container that sets the owner of the shared volume`)
        : made;
      return [name, { volume, owner }];
    }),
  );
}

/** How a container mounts the shared volumes, and what must have ended before it starts. */
export function sharedMounts({ shared }: Container, made: ReadonlyMap<string, SharedData>) {
  const known = shared.flatMap((mount) => {
    const data = made.get(mount.name);
    return data ? [{ ...mount, ...data }] : [];
  });
  return {
    volumes: known.map(({ volume, path, access }) => ({
      volumeName: volume.name,
      containerPath: path,
      ...(access === 'read-only' && { readOnly: true }),
    })),
    owners: known.map(({ owner }) => owner),
  };
}
