import { distinctByName } from '../constructs/model/sorted';
import type { Container } from './container';

/** A volume that several containers mount. */
export interface SharedVolume {
  readonly name: string;
  /** The container that prepares it: the first one that writes to it; if overrides leave none, the first that mounts it. */
  readonly writer: Container;
  /** Where the writer mounts it. */
  readonly path: string;
}

/** The shared volumes of some containers, which are in start order. The volumes are sorted by name. */
export function sharedVolumesOf(containers: readonly Container[]): SharedVolume[] {
  const all = containers.flatMap((writer) =>
    writer.shared.map(({ name, path, access }) => ({ name, writer, path, access })),
  );
  const written = all.filter(({ access }) => access === 'read-write');
  return distinctByName([...all.toReversed(), ...written.toReversed()]);
}
