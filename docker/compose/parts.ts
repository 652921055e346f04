import { posix } from 'node:path';
import { inUnits } from '../../constructs/target/amounts';
import type { YamlMap } from '../../constructs/target/yaml';
import type { Container } from '../container';

/** What every service is held to. Engines with the first version of cgroups show containers those of the host. */
export const confined = {
  cap_drop: ['ALL'],
  cgroup: 'private',
  security_opt: ['no-new-privileges:true'],
};

/** The user of a container, in numbers. */
export function userOf({ user }: Container): string {
  return `${user.uid}:${user.gid}`;
}

/** The image of a service, or how it is built. */
export function image({ image: name, builds: [build] }: Container, sources: string): YamlMap {
  if (!build) return { image: name };
  return {
    build: { context: posix.join(sources, build.context), dockerfile: build.dockerfile, tags: [name] },
  };
}

/** An image that is there already may be of older sources; the engine's cache tells. */
export function pullPolicy({ builds }: Container): YamlMap {
  return builds.length > 0 ? { pull_policy: 'build' } : {};
}

/** A mapping, unless there is nothing in it. */
export function nonEmpty(map: YamlMap): YamlMap | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

/** A list, unless there is nothing in it. */
export function nonEmptyList<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined;
}

/** A size in compose's own units. @see https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values */
export function bytes(amount: number): string | number {
  return inUnits(amount, ['k', 'm', 'g']);
}

/** A folder in memory, of at most so many bytes; the kernel reads the same units. */
export function memoryFolder(path: string, size: number): string {
  return `${path}:mode=1777,size=${bytes(size)}`;
}
