import { knownTagOf } from './known-tags';
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
  /** The stage of the Dockerfile that is the image; empty for the last one. */
  readonly target: string;
  /** The values of the arguments of the Dockerfile. */
  readonly args: Readonly<Record<string, string>>;
  /** The names of the secrets that the build reads, by their ids in the Dockerfile. */
  readonly secrets: Readonly<Record<string, string>>;
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
    return 'the name of an image instead of the placeholder, such as postgres:17';
  if (reference === '') return 'an image with a tag or a digest, such as postgres:17';
  const [, scheme = '', rest = reference] = /^([a-z]+:\/\/)(.*)$/.exec(reference) ?? [];
  if (scheme !== '') return `${rest}, without ${scheme}`;
  if (reference.trim() !== reference) return `${reference.trim()}, without spaces around it`;
  return (
    digestProblem(reference) ?? nameProblem(reference) ?? tagProblem(reference) ?? lengthProblem(reference)
  );
}

function digestProblem(reference: string): string | undefined {
  if (!reference.includes('@') || digest.test(reference)) return undefined;
  return `${beforeDigest(reference)}@sha256:<digest>, where a digest has 64 characters 0-9 and a-f`;
}

function nameProblem(reference: string): string | undefined {
  const name = beforeDigest(reference).replace(/:[^:/]*$/, '');
  if (repository.test(name)) return undefined;
  const lower = name.toLowerCase();
  if (repository.test(lower))
    return `${lower}${reference.slice(name.length)}, because the name of an image is in lower case`;
  if (/:[^/]*$/.test(name)) return `only one tag, such as ${name}`;
  if (/^\/|\/\/|\/$/.test(name)) return 'a name with one / between its parts';
  return 'the name of an image of lower-case letters, digits and - . _ /, such as postgres:17';
}

function tagProblem(reference: string): string | undefined {
  if (tagged.test(reference) || digest.test(reference)) return undefined;
  const name = untagged(reference);
  if (name === undefined) return 'a tag of letters, digits and - . _, with at most 128 characters';
  const known = knownTagOf(name);
  if (known !== undefined) return `${name}:${known}`;
  return `${name}:<tag>, or the digest that docker image inspect --format '{{index .RepoDigests 0}}' ${name} prints`;
}

/** The name of an image without a tag; undefined if it has one. */
function untagged(reference: string): string | undefined {
  const [, name = reference, tag = ''] = /^(.*?)(?::([^:/]*))?$/.exec(reference) ?? [];
  return tag === '' ? name : undefined;
}

/** What is wrong with an image reference, in a sentence. @param write what to write instead of it */
export function imageSentence(reference: string, write: string): string {
  const name = reference === '' || reference.includes('@') ? undefined : untagged(reference);
  const meaning =
    name !== undefined && repository.test(name)
      ? `, which stands for ${name}:latest, whatever that is on the day`
      : '';
  return `image is ${JSON.stringify(reference)}${meaning}: write ${write}`;
}

function lengthProblem(reference: string): string | undefined {
  const name = beforeDigest(reference).replace(/:[^:/]*$/, '');
  if (pathOf(name).length <= limits.imageName.most) return undefined;
  return `an image whose name has at most ${limits.imageName.most} characters`;
}

function beforeDigest(reference: string): string {
  return reference.replace(/@.*$/, '');
}

/** What to write instead of a wrong registry, the first part of the names of built images; undefined if it is correct. */
export function registryProblem(registry: string): string | undefined {
  const [, scheme = '', rest = registry] = /^([a-z]+:\/\/)(.*)$/.exec(registry) ?? [];
  const close = rest.replace(/\/+$/, '');
  if (imageProblem(`${registry}/image:1`) === undefined) return undefined;
  if (close === registry || imageProblem(`${close}/image:1`) !== undefined) {
    const lower = close.toLowerCase();
    return lower !== close && imageProblem(`${lower}/image:1`) === undefined
      ? `${lower}, because the name of an image is in lower case`
      : 'a host and a path, such as registry.example.com/shop';
  }
  return `${close}, without ${scheme === '' ? 'the / at the end' : scheme}`;
}

// A first part with a dot or a port is a host, and no part of the name.
function pathOf(name: string): string {
  const [first = '', ...others] = name.split('/');
  return others.length > 0 && /[.:]|^localhost$/.test(first) ? others.join('/') : name;
}
