import type { Construct } from 'constructs';
import type { SharedMount } from '../model/storage';
import type { Dependency, Workload } from '../model/workload';
import { optional, type Kind, type Shape } from '../shape/kind';
import { listOf } from '../shape/lists';
import { object } from '../shape/object';
import { size } from '../shape/units';
import { instance, oneOf, text } from '../shape/words';
import { Size } from '../values/units';
import { checkProps, Component } from './component';

/** The props of a volume that several components mount. */
export interface SharedVolumeProps {
  /** The size of the volume; Docker does not limit it. @default 1 GiB */
  readonly size?: Size;
}

const volumeShape: Shape<SharedVolumeProps> = { size: optional(size) };

/**
 * A volume that several components mount, such as a folder of uploads. Its data stays when containers or pods are replaced.
 * It makes no component stateful: replicas, autoscaling and rolling releases stay as they are.
 *
 * All components that write to it have the same user and group, and the folder belongs to them. A component that only reads
 * it may have another user: it becomes a member of the writers' group. So it can read what the group or everybody can read,
 * such as files of the modes 0640 and 0644, which is what programs make by default.
 *
 * On Kubernetes, the environment says how pods share it: with `sharedStorage: readWriteMany(…)` or `oneNode()`. On Docker, a
 * container of the first component that writes to it makes the user the owner of the folder, once, before any of them
 * starts: it runs the `chown` of the component's image as root, with no other capability.
 *
 * @throws IssuesError if the props are wrong
 * @example
 * const media = new SharedVolume(this, 'media', { size: Size.gibibytes(5) });
 * new Backend(this, 'api', { image: 'api:1.0', port: 8000, sharedVolumes: [{ volume: media, path: '/srv/media' }] });
 */
export class SharedVolume extends Component {
  /** The size of the volume. */
  readonly size: Size;

  constructor(scope: Construct, id: string, props: SharedVolumeProps = {}) {
    const write = 'an object, such as { size: Size.gibibytes(5) }';
    const checked = checkProps(scope, id, props, { of: 'SharedVolume', shape: volumeShape, write });
    super(scope, id);
    this.size = checked.size ?? Size.gibibytes(1);
  }

  override dependency(): readonly Dependency[] {
    return [];
  }

  toModel(): readonly Workload[] {
    return [];
  }
}

/** Where a component mounts a shared volume. */
export interface SharedVolumeMount {
  readonly volume: SharedVolume;
  /** The absolute path of the folder in the container. */
  readonly path: string;
  /** Whether the component may write to it. @default read-write */
  readonly access?: 'read-only' | 'read-write';
}

const mountShape: Shape<SharedVolumeMount> = {
  volume: instance((value) => value instanceof SharedVolume, 'a SharedVolume, such as media'),
  path: text("an absolute path, such as '/srv/media'"),
  access: optional(oneOf('read-only', 'read-write')),
};

const example = "{ volume: media, path: '/srv/media' }";

export const sharedVolumesKind: Kind<readonly SharedVolumeMount[]> = listOf(
  object(mountShape, { title: 'a field of a shared volume', write: example }),
  `[${example}]`,
);

/** The mounts in the model. @param isUsable whether the component may use a volume; it reports an issue if not */
export function toSharedMounts(
  mounts: readonly SharedVolumeMount[] = [],
  isUsable: (volume: SharedVolume) => boolean,
): SharedMount[] {
  return mounts
    .filter(({ volume }) => isUsable(volume))
    .map(({ volume: { name, size }, path, access }) => ({
      name,
      size,
      path,
      access: access ?? 'read-write',
    }));
}
