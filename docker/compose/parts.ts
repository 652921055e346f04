import { posix } from 'node:path';
import { inUnits } from '../../constructs/target/amounts';
import type { YamlMap } from '../../constructs/target/yaml';
import type { Container, ImageFolder } from '../container';
import { tmpfsOptions } from '../restrictions';
import { literal } from './interpolation';

/** The image of a service, or how it is built. */
export function image({ image: name, builds: [build] }: Container, sources: string): YamlMap {
  if (!build) return { image: name };
  const { context, dockerfile, target, args, secrets } = build;
  return {
    build: {
      context: posix.join(sources, context),
      dockerfile,
      target: target === undefined ? undefined : literal(target),
      args: args && Object.fromEntries(Object.entries(args).map(([key, text]) => [key, literal(text)])),
      secrets: secrets && Object.entries(secrets).map(([id, source]) => ({ source, target: id })),
      tags: [name],
    },
  };
}

/** An image that exists already may have been built from older sources, so compose builds it every time, with the cache. */
export function pullPolicy({ builds }: Container): YamlMap {
  return builds.length > 0 ? { pull_policy: 'build' } : {};
}

/** A mapping, or undefined if it is empty. */
export function nonEmpty(map: YamlMap): YamlMap | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

/** A list, or undefined if it is empty. */
export function nonEmptyList<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}

/** A number of bytes in the units of compose, such as `256m`. @see https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values */
export function byteText(amount: number): string | number {
  return inUnits(amount, ['k', 'm', 'g']);
}

/**
 * The mount of a folder with the content of the image.
 * @param by the container that has the engine copy the folder. If it is another one, which then sets the owner, this one must
 * not: the engine would copy an empty folder again, with the owner that the image says
 */
export function copiedFolder({ id, path }: ImageFolder, by: 'this' | 'another'): YamlMap {
  return { type: 'volume', source: id, target: path, volume: { nocopy: by === 'another' } };
}

/** A tmpfs mount. @param size its limit in bytes; the kernel reads the same units as compose */
export function memoryFolder(path: string, size: number): string {
  return `${path}:${tmpfsOptions(byteText(size))}`;
}
