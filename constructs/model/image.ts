import { limits } from './limits';

/** The platforms that an image can be built for. @see https://go.dev/doc/install/source#environment */
export const platforms = [
  'linux/386',
  'linux/amd64',
  'linux/arm/v6',
  'linux/arm/v7',
  'linux/arm64',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
] as const;

/** A platform: operating system and processor architecture. */
export type Platform = (typeof platforms)[number];

/** An image that the application builds. Its tag is a digest of all files and options that it is built from. */
export interface BuiltImage {
  readonly kind: 'build';
  /** The name without the tag; it starts with the environment's registry if there is one. */
  readonly repository: string;
  readonly tag: string;
  /** The folder of the build context, relative to the application's folder. */
  readonly context: string;
  /** The path of the Dockerfile, relative to the build context. */
  readonly dockerfile: string;
  /** The platforms to build for when the image is pushed; empty for the platform of the machine that builds. */
  readonly platforms: readonly Platform[];
}

/** The image of a workload. */
export type ImageModel =
  /** An image in a registry, with a tag or digest. */
  { readonly kind: 'reference'; readonly reference: string } | BuiltImage;

/** An image in a plan, and the workload that it belongs to. */
export interface PlannedImage {
  readonly workload: string;
  readonly name: string;
}

/** The full name of an image, as Docker and Kubernetes use it. */
export function imageName(image: ImageModel): string {
  return image.kind === 'reference' ? image.reference : `${image.repository}:${image.tag}`;
}

/** Whether a name includes a digest, so that it always names the same image. */
export function isPinned(reference: string): boolean {
  return digest.test(reference);
}

const digest = /@sha256:[0-9a-f]{64}$/;
const tagged = /:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}(@sha256:[0-9a-f]{64})?$/;
const part = String.raw`[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*`;
const host = String.raw`[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?`;
const repository = new RegExp(`^(?:${host}/)?${part}(?:/${part})*$`);
const placeholder = /REPLACE|CHANGE_?ME|TODO|[<>]|\$\{/;

/**
 * What to write instead of a wrong image reference; undefined if it is correct.
 * @see https://github.com/distribution/reference
 */
export function imageProblem(reference: string): string | undefined {
  if (placeholder.test(reference))
    return 'the name of an image instead of the placeholder, such as nginx:1.27';
  if (!tagged.test(reference) && !digest.test(reference))
    return `an image with a tag or a digest, such as ${reference === '' ? 'nginx' : reference}:1.27`;
  const name = reference.replace(digest, '').replace(/:[^:/]+$/, '');
  if (!repository.test(name)) return 'a lower-case image name with a tag or a digest, such as nginx:1.27';
  if (pathOf(name).length > limits.imageName.most)
    return `an image whose name has at most ${limits.imageName.most} characters`;
  return undefined;
}

// A first part with a dot or a port is a host, and no part of the name.
function pathOf(name: string): string {
  const [first = '', ...others] = name.split('/');
  return others.length > 0 && /[.:]|^localhost$/.test(first) ? others.join('/') : name;
}
