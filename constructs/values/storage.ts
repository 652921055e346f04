import type { Scratch, Volume } from '../model/storage';
import { Size } from '../model/units';
import type { Workload } from '../model/workload';
import { sortedEntries } from '../model/sorted';
import { optional, type Kind, type Shape } from '../shape/kind';
import { listOf, recordOf } from '../shape/lists';
import { object } from '../shape/object';
import { size } from '../shape/units';
import { oneOf, quoted, text } from '../shape/words';

/** A volume: a folder whose data stays when containers or pods are replaced. */
export interface VolumeSource {
  /** The absolute path of the folder in the container. */
  readonly path: string;
  /** The size of the volume; Docker does not limit it. @default 1 GiB */
  readonly size?: Size;
  /**
   * Who makes the component's user the owner of the folder. With `image`, the image has the folder with that owner
   * already. With `target`, Kubernetes or Docker changes the owner; on Docker, a container does it as root, once.
   * @default target
   */
  readonly ownership?: Volume['ownership'];
}

/** The props of a component that can have volumes. */
export interface VolumeProps {
  /**
   * Volumes, by name. A component with volumes has one replica. No other component can have the same volumes; a
   * `SharedVolume` is for several.
   * @default none
   * @example { uploads: { path: '/data', size: Size.gibibytes(5) } }
   */
  readonly volumes?: Readonly<Record<string, VolumeSource>>;
}

/** A folder of the host that is mounted into a container, for development on Docker. */
export interface BindMountSource {
  /** The folder, relative to the application's folder. It must exist. */
  readonly folder: string;
  /** The absolute path of the folder in the container. */
  readonly path: string;
  /** Whether the container may write to the folder. @default read-only */
  readonly access?: 'read-only' | 'read-write';
}

/**
 * A writable folder for temporary files. What is written is thrown away with the release.
 *
 * @example { path: '/var/cache/app', size: Size.mebibytes(32), medium: 'disk' }
 * @example { path: '/etc/nginx', size: Size.mebibytes(8), medium: 'disk', content: 'image' }
 */
export interface ScratchSource {
  /** The absolute path in the container. */
  readonly path: string;
  /** The largest size. On Docker, it holds only for a folder that starts empty. */
  readonly size: Size;
  /** Whether the files are in memory, where they count against the memory limit, or on the disk of the node. */
  readonly medium: Scratch['medium'];
  /**
   * What a release finds in the folder. `image`: what the image has there, for a program that rewrites files of its image.
   * The component's user owns the copies, so it can change them; with `runsAsRoot`, each file keeps its owner. Their modes
   * and times are those of the image. On Kubernetes, the image needs `sh`, `cp`, `mkdir`, `mv` and `rm`, and files that the
   * user cannot read are left out. On Docker, it needs `chown`.
   * @default empty
   */
  readonly content?: Scratch['content'];
}

const volumeShape: Shape<VolumeSource> = {
  path: text("an absolute path, such as '/data'"),
  size: optional(size),
  ownership: optional(oneOf('image', 'target')),
};

const volumesExample = "{ data: { path: '/data' } }";

export const volumesShape: Shape<VolumeProps> = {
  volumes: optional(
    recordOf(
      object(volumeShape, { title: 'a field of a volume', write: "{ path: '/data' }" }),
      volumesExample,
    ),
  ),
};

const bindMountShape: Shape<BindMountSource> = {
  folder: text("a folder, such as 'src'"),
  path: text("an absolute path, such as '/app/src'"),
  access: optional(oneOf('read-only', 'read-write')),
};

const bindMountsExample = "[{ folder: 'src', path: '/app/src' }]";

export const bindMountsKind: Kind<readonly BindMountSource[]> = listOf(
  object(bindMountShape, {
    title: 'a field of a bind mount',
    write: "{ folder: 'src', path: '/app/src' }",
  }),
  bindMountsExample,
);

const scratchShape: Shape<ScratchSource> = {
  path: text("an absolute path, such as '/tmp'"),
  size,
  medium: oneOf('disk', 'memory'),
  content: optional(oneOf('empty', 'image')),
};

/** A folder for temporary files in messages. */
function scratchExample(path: unknown): string {
  const folder = typeof path === 'string' ? quoted(path) : "'/tmp'";
  return `{ path: ${folder}, size: Size.mebibytes(64), medium: 'disk' }`;
}

export const scratchKind: Kind<readonly ScratchSource[]> = listOf(
  object(scratchShape, { title: 'a field of a scratch folder', write: scratchExample('/tmp') }),
  (value) => `[${scratchExample(value)}]`,
);

/** The volumes of a component in the model, and how it runs: with volumes it is stateful. */
export function toVolumes(sources: VolumeProps['volumes'] = {}): Pick<Workload, 'run' | 'volumes'> {
  const volumes = sortedEntries(sources).map(([name, { path, size, ownership }]): Volume => ({
    name,
    path,
    size: size ?? Size.gibibytes(1),
    ownership: ownership ?? 'target',
  }));
  return { run: volumes.length > 0 ? 'stateful' : 'service', volumes };
}

/** The folders for temporary files in the model. */
export function toScratch(sources: readonly ScratchSource[]): Scratch[] {
  return sources.map(({ path, size, medium, content }) => ({
    path,
    size,
    medium,
    content: content ?? 'empty',
  }));
}
