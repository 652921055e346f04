import { isPlainMapping } from '../model/data';
import { platforms, type Platform } from '../model/image';
import { checkCall } from '../shape/call';
import { kindOf, optional, type Kind, type Shape } from '../shape/kind';
import { listOf, recordOf } from '../shape/lists';
import { options as optionsKind } from '../shape/object';
import { oneOf, quoted, text } from '../shape/words';
import { opaque } from './opaque';
import { Secret, secretKind } from './secret';

/** An image that is built from a folder. */
export interface BuildSource {
  /** The folder of the build context, relative to the application's folder. */
  readonly context: string;
  /** The path of the Dockerfile, relative to the build context. */
  readonly dockerfile: string;
  /** The platforms to build for when the image is pushed; empty for the platform of the machine that builds. */
  readonly platforms: readonly Platform[];
  /** The stage of the Dockerfile that is the image; empty for the last one. */
  readonly target: string;
  /** The values of the arguments of the Dockerfile. */
  readonly args: Readonly<Record<string, string>>;
  /** The names of the secrets that the build reads, by their ids in the Dockerfile. */
  readonly secrets: Readonly<Record<string, string>>;
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
  /** The stage of the Dockerfile to build, by its name or number. @default the last stage */
  readonly target?: string;
  /**
   * Values for the `ARG` lines of the Dockerfile. Everybody who has the image can read them, so a secret does not belong
   * here. @default the defaults in the Dockerfile
   * @example { VERSION: '1.2.0' }
   */
  readonly args?: Readonly<Record<string, string>>;
  /**
   * Secrets that the build reads, such as the token of a private registry of packages, by their ids. A command of the
   * Dockerfile mounts one with `RUN --mount=type=secret,id=npm_token`. They are in no layer of the image. The value comes
   * from the `secrets` of the environment, or from a variable of the shell with the name of the secret. `docker compose`
   * and `catamaran build` give it to the build. Pulumi cannot: `pulumi up` uses an image that is built already.
   * @default none
   * @example { npm_token: Secret.named('NPM_TOKEN') }
   */
  readonly secrets?: Readonly<Record<string, Secret>>;
}

/** An image in a registry, written as `name:tag` or `name@sha256:…`, or one to build with `Image.build(…)`. */
export type ImageSource = string | BuildSource;

const argument: Kind<string> = kindOf((value) => {
  if (typeof value === 'string') return undefined;
  if (value instanceof Secret) return 'it in secrets, because arguments stay in the history of the image';
  return typeof value === 'number' || typeof value === 'boolean' ? quoted(String(value)) : 'a text';
});

const buildShape: Shape<BuildOptions> = {
  dockerfile: optional(text("a path, such as 'Dockerfile'")),
  platforms: optional(
    listOf(oneOf(...platforms), (value) => `[${quoted(typeof value === 'string' ? value : 'linux/amd64')}]`),
  ),
  target: optional(text("the name of a stage, such as 'production'")),
  args: optional(recordOf(argument, "an object, such as { VERSION: '1' }")),
  secrets: optional(recordOf(secretKind, "an object, such as { npm_token: Secret.named('NPM_TOKEN') }")),
};

const buildCall = {
  context: text("a folder, such as 'api'"),
  options: optionsKind(buildShape, "Image.build('api'), or Image.build('api', { dockerfile: 'Dockerfile' })"),
};

/** An image. */
export const imageKind: Kind<ImageSource> = kindOf((value) => {
  if (typeof value === 'string') return undefined;
  if (!isPlainMapping(value)) return "an image with a tag, such as 'api:1.0', or Image.build('folder')";
  const { context, dockerfile, platforms: built, target, args, secrets } = value;
  const isBuild =
    typeof context === 'string' &&
    typeof dockerfile === 'string' &&
    Array.isArray(built) &&
    typeof target === 'string' &&
    isPlainMapping(args) &&
    isPlainMapping(secrets);
  return isBuild ? undefined : `Image.build(${quoted(typeof context === 'string' ? context : 'folder')})`;
});

/** Images that are built from a folder of the application. */
export const Image = {
  /**
   * Builds an image from a folder with a Dockerfile. The tag is a digest of the folder's files and of the options, so a
   * changed file makes a new image. Files that its ignore file names do not count, nor do `.git` and the output of
   * `catamaran synth`, nor do the values of secrets.
   *
   * @param context the folder of the build context, relative to the application's folder
   * @throws IssuesError if an argument has the wrong type, or an option is unknown
   * @example new Backend(this, 'api', { image: Image.build('api'), port: 8000 })
   * @example Image.build('api', { target: 'production', args: { VERSION: '1' } })
   */
  build: (context: string, options: BuildOptions = {}): BuildSource => {
    checkCall('Image.build', { context, options }, buildCall);
    const { dockerfile, platforms: built, target, args, secrets } = options;
    const source: BuildSource = {
      context,
      dockerfile: dockerfile ?? 'Dockerfile',
      platforms: built ?? [],
      target: target ?? '',
      args: args ?? {},
      secrets: Object.fromEntries(Object.entries(secrets ?? {}).map(([id, { key }]) => [id, key])),
    };
    return opaque(source, () => ({
      what: `the image that is built from ${context}`,
      write: 'it as the image of a component',
    }));
  },
};
