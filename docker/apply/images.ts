import { resolve } from 'node:path';
import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import type { Container } from '../container';

/**
 * Returns a function that registers the image of a container, which the engine builds or pulls. Containers with the same
 * image share one resource.
 * @param folder the application's folder, absolute
 */
export function imagesIn(
  folder: string,
  options: pulumi.CustomResourceOptions,
): (container: Pick<Container, 'image' | 'builds'>) => pulumi.Resource {
  const images = new Map<string, pulumi.Resource>();
  return ({ image, builds: [build] }) => {
    const known = images.get(image);
    if (known) return known;
    const context = build && resolve(folder, build.context);
    const made =
      build && context !== undefined
        ? new docker.Image(
            image.slice(0, image.lastIndexOf(':')),
            {
              imageName: image,
              build: { context, dockerfile: resolve(context, build.dockerfile) },
              skipPush: true,
            },
            options,
          )
        : new docker.RemoteImage(image, { name: image, keepLocally: true }, options);
    images.set(image, made);
    return made;
  };
}
