import { isPlainMapping } from '../model/data';
import { platforms, type Platform } from '../model/image';
import { checkCall } from '../shape/call';
import { kindOf, optional, type Kind, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { options as optionsKind } from '../shape/object';
import { oneOf, quoted, text } from '../shape/words';
import { opaque } from './opaque';

/** An image that is built from a folder. */
export interface BuildSource {
  /** The folder of the build context, relative to the application's folder. */
  readonly context: string;
  /** The path of the Dockerfile, relative to the build context. */
  readonly dockerfile: string;
  /** The platforms to build for when the image is pushed; empty for the platform of the machine that builds. */
  readonly platforms: readonly Platform[];
}

/** How an image is built. */
export interface BuildOptions {
  /** The path of the Dockerfile, relative to the build context. @default Dockerfile */
  readonly dockerfile?: string;
  /**
   * The platforms that `catamaran build --push` builds for. Needed if the machines of the cluster
   * have another processor than yours. @default the platform of the machine that builds
   * @example ['linux/amd64', 'linux/arm64']
   */
  readonly platforms?: readonly Platform[];
}

/** An image in a registry, written as `name:tag` or `name@sha256:…`, or one to build with `Image.build(…)`. */
export type ImageSource = string | BuildSource;

const buildShape: Shape<BuildOptions> = {
  dockerfile: optional(text("a path, such as 'Dockerfile'")),
  platforms: optional(
    listOf(oneOf(...platforms), (value) => `[${quoted(typeof value === 'string' ? value : 'linux/amd64')}]`),
  ),
};

const buildCall = {
  context: text("a folder, such as 'api'"),
  options: optionsKind(buildShape, "Image.build('api'), or Image.build('api', { dockerfile: 'Dockerfile' })"),
};

/** An image. */
export const imageKind: Kind<ImageSource> = kindOf((value) => {
  if (typeof value === 'string') return undefined;
  if (!isPlainMapping(value)) return "an image with a tag, such as 'api:1.0', or Image.build('folder')";
  const { context, dockerfile, platforms: built } = value;
  if (typeof context === 'string' && typeof dockerfile === 'string' && Array.isArray(built)) return undefined;
  return `Image.build(${quoted(typeof context === 'string' ? context : 'folder')})`;
});

/** Images that are built from a folder of the application. */
export const Image = {
  /**
   * Builds an image from a folder with a Dockerfile. The tag is a digest of the folder's files, so a changed file makes
   * a new image. Files that its ignore file names do not count, nor do `.git` and the output of `catamaran synth`.
   *
   * @param context the folder of the build context, relative to the application's folder
   * @throws IssuesError if an argument has the wrong type, or an option is unknown
   * @example new Backend(this, 'api', { image: Image.build('api'), port: 8000 })
   */
  build: (context: string, options: BuildOptions = {}): BuildSource => {
    checkCall('Image.build', { context, options }, buildCall);
    const { dockerfile, platforms: built } = options;
    return opaque({ context, dockerfile: dockerfile ?? 'Dockerfile', platforms: built ?? [] }, () => ({
      what: `the image that is built from ${context}`,
      write: 'it as the image of a component',
    }));
  },
};
