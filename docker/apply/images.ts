import { resolve } from 'node:path';
import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { unique } from '../../constructs/model/sorted';
import type { Container, EngineBuild } from '../container';

/**
 * Returns a function that registers the image of a container, which the engine builds or pulls. Containers with the same
 * image share one resource.
 * @param containers all containers of the plan
 * @param folder the application's folder, absolute
 */
export function imagesIn(
  containers: readonly Container[],
  folder: string,
  options: pulumi.CustomResourceOptions,
): (container: Pick<Container, 'image' | 'builds'>) => pulumi.Resource {
  const images = new Map<string, pulumi.Resource>();
  return ({ image, builds }) => {
    const known = images.get(image);
    if (known) return known;
    const [build] = builds;
    const made =
      build && build.secrets === undefined
        ? new docker.Image(
            resourceName(image, containers),
            { imageName: image, build: buildArgs(build, folder), skipPush: true },
            options,
          )
        : // An image that is built with secrets is on the engine already.
          new docker.RemoteImage(image, { name: image, keepLocally: true }, options);
    images.set(image, made);
    return made;
  };
}

function buildArgs(
  { dockerfile, target, args, ...build }: EngineBuild,
  folder: string,
): docker.types.input.DockerBuild {
  const context = resolve(folder, build.context);
  return {
    context,
    dockerfile: resolve(context, dockerfile),
    ...(target !== undefined && { target }),
    ...(args && { args: { ...args } }),
  };
}

/**
 * The name of an image that is built: without its tag, so that new sources do not make another resource. Where several
 * images are built of one folder, the first component that runs the image tells which of them it is.
 */
function resourceName(image: string, containers: readonly Container[]): string {
  const repository = repositoryOf(image);
  const siblings = containers.filter(
    (other) => other.builds.length > 0 && repositoryOf(other.image) === repository,
  );
  const first = siblings.find((other) => other.image === image);
  const isShared = unique(siblings.map((other) => other.image)).length > 1;
  return first && isShared ? `${repository}/${first.name}` : repository;
}

function repositoryOf(image: string): string {
  return image.slice(0, image.lastIndexOf(':'));
}
