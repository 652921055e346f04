import { requireObject } from '../issue';
import type { Platform } from '../model/image';

/** A folder that an image is built from. */
export interface BuildSource {
  /** The build context, relative to the application's folder. */
  readonly context: string;
  /** Relative to the build context. */
  readonly dockerfile: string;
  /** What it is pushed for; none for the platform of the machine that builds. */
  readonly platforms: readonly Platform[];
}

/** How an image is built. */
export interface BuildOptions {
  /** Relative to the folder. @default Dockerfile */
  readonly dockerfile?: string;
  /**
   * The kinds of machine that `catamaran build --push` builds it for, such as `linux/amd64` and `linux/arm64`.
   * @default the one that builds
   */
  readonly platforms?: readonly Platform[];
}

/** An image of a registry, as `name:tag` or `name@sha256:…`, or a folder to build one from. */
export type ImageSource = string | BuildSource;

/** Makes images that the application builds itself. */
export const Image = {
  /**
   * The image that a Dockerfile in a folder of the application makes. It is tagged with a digest of the
   * folder, so that a changed file is a new image.
   */
  build: (context: string, options: BuildOptions = {}): BuildSource => {
    const { dockerfile, platforms } = requireObject(
      options,
      'Image.build',
      "nothing, or { dockerfile: 'Dockerfile' }",
    );
    return { context, dockerfile: dockerfile ?? 'Dockerfile', platforms: platforms ?? [] };
  },
};
