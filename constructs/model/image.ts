/** The kinds of machine that an image can be built for. @see https://go.dev/doc/install/source#environment */
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

/** A kind of machine that an image can be built for. */
export type Platform = (typeof platforms)[number];

/** An image that the application builds; its tag is a digest of everything that goes into it. */
export interface BuiltImage {
  readonly kind: 'build';
  /** With the environment's registry in front, where it has one. */
  readonly repository: string;
  readonly tag: string;
  /** The build context, relative to the application's folder. */
  readonly context: string;
  /** Relative to the build context. */
  readonly dockerfile: string;
  /** What it is pushed for; none for the platform of the machine that builds. */
  readonly platforms: readonly Platform[];
}

/** The program of a workload, as a model holds it. */
export type ImageModel =
  /** An image of a registry, with tag or digest. */
  { readonly kind: 'reference'; readonly reference: string } | BuiltImage;

/** An image that a plan runs, and the workload whose it is. */
export interface PlannedImage {
  readonly workload: string;
  readonly name: string;
}

/** The name that an engine or a cluster knows an image by. */
export function imageName(image: ImageModel): string {
  return image.kind === 'reference' ? image.reference : `${image.repository}:${image.tag}`;
}

/** Whether a name stands for the same bytes for ever. */
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
 * Says what is wrong with an image reference, or nothing.
 * @see https://github.com/distribution/reference
 */
export function imageProblem(reference: string): string | undefined {
  if (placeholder.test(reference))
    return 'the image that is meant in place of the placeholder, such as nginx:1.27';
  if (!tagged.test(reference) && !digest.test(reference))
    return `an image with a tag or a digest, such as ${reference === '' ? 'nginx' : reference}:1.27`;
  const name = reference.replace(digest, '').replace(/:[^:/]+$/, '');
  if (!repository.test(name)) return 'a lower-case image name with a tag or a digest, such as nginx:1.27';
  return undefined;
}
