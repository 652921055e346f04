import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finalBase } from '../../model/dockerfile';
import { baseName, parseImageName, versionOfTag, type ImageName } from '../../model/image-name';
import { parseVersion, type Version } from '../../model/version';
import { isFile } from '../../values/files';
import type { BuildSource, ImageSource } from '../../values/image';

/** What is known of the image of a store from its name, or from the image that it is built from. */
export interface StoreImage extends ImageName {
  /** How messages name the image. */
  readonly text: string;
  /** Whether the image has a name of this kind of store, so that its tag says the version of the store. */
  readonly isFamiliar: boolean;
  /** The version of the store; undefined if it is not known. */
  readonly version: Version | undefined;
  /** The version that the name of the image tells. */
  readonly told: Version | undefined;
}

/** What tells the version of a store. */
export interface ImageRules {
  /** The last parts of the names of images whose tags start with the version of the store, such as `postgres`. */
  readonly names: readonly string[];
  /** The version in a tag of any image, such as `pg17`. @default none */
  readonly versionIn?: (tag: string) => Version | undefined;
}

/**
 * Finds out what image a store runs.
 * @param folder the folder of the application
 * @param given the version that the stack says
 */
export function storeImage(
  source: ImageSource,
  folder: string,
  given: string | undefined,
  { names, versionIn }: ImageRules,
): StoreImage {
  const reference =
    typeof source === 'string'
      ? source
      : baseOfBuild(join(folder, source.context, source.dockerfile), source);
  const name = parseImageName(reference ?? '');
  const isFamiliar = names.includes(baseName(name));
  const told = versionIn?.(name.tag) ?? (isFamiliar ? versionOfTag(name.tag) : undefined);
  return {
    ...name,
    text: reference ?? 'an image that is built',
    isFamiliar,
    version: given === undefined ? told : parseVersion(given),
    told,
  };
}

function baseOfBuild(dockerfile: string, options: Pick<BuildSource, 'target' | 'args'>): string | undefined {
  return isFile(dockerfile) ? finalBase(readFileSync(dockerfile, 'utf8'), options) : undefined;
}
