import type { Volume } from '../model/storage';
import { Size } from '../model/units';
import type { Workload } from '../model/workload';
import { sortedEntries } from '../model/sorted';

/** A folder of data that belongs to the application and outlives every container or pod. */
export interface VolumeSource {
  /** The absolute path in the container. */
  readonly path: string;
  /** @default 1 GiB */
  readonly size?: Size;
  /**
   * Whether the image already has the folder as its user's, so that nobody has to give it to the user.
   * @default the target gives it
   */
  readonly ownership?: Volume['ownership'];
}

/** What a component that may keep data takes. */
export interface VolumeProps {
  /** Data by the name of its volume. A component that has some is one replica. @default none */
  readonly volumes?: Readonly<Record<string, VolumeSource>>;
}

/** A folder of the host that a container sees, for development on Docker. */
export interface BindMountSource {
  /** Relative to the application's folder; it must be there. */
  readonly folder: string;
  /** The absolute path in the container. */
  readonly path: string;
  /** Whether the container may write to it. @default read-only */
  readonly access?: 'read-only' | 'read-write';
}

/** The volumes of a component of one's own, and that with some it is stateful. */
export function ownVolumes(sources: VolumeProps['volumes'] = {}): Pick<Workload, 'run' | 'volumes'> {
  const volumes = sortedEntries(sources).map(([name, { path, size, ownership }]): Volume => ({
    name,
    path,
    size: size ?? Size.gibibytes(1),
    ownership: ownership ?? 'target',
  }));
  return { run: volumes.length > 0 ? 'stateful' : 'service', volumes };
}
