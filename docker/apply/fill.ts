import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { confined, labelOf, type MountedFiles } from '../container';
import type { Label } from './engine';
import { small } from './engine-units';

/** Files that were put into a volume of their own. */
export interface Filled {
  /** Changes with the files, and so makes another volume. */
  readonly hash: pulumi.Output<string>;
  readonly volume: docker.Volume;
  /** The container that brought them, which was never started. */
  readonly filler: docker.Container;
  readonly path: string;
}

interface FillContext {
  readonly project: string;
  /** Says whose it is. */
  readonly mark: Label;
  /** Any image that is there. */
  readonly image: string;
  /** What is seen of the content, in names. */
  readonly hash: (content: unknown) => pulumi.Output<string>;
  readonly options: pulumi.CustomResourceOptions;
}

/**
 * Puts files into a volume of their own, through a container that is never started: a container with a
 * read-only root takes none itself, and the engine may be on another host, where no file of ours is to mount.
 * @param resolve the content of a file, from what the plan says of it
 */
export function fillVolume(
  folder: MountedFiles,
  resolve: (content: string) => pulumi.Input<string>,
  { project, mark, image, hash: hashOf, options }: FillContext,
): Filled {
  const { path, files } = folder;
  const contents = pulumi.all(
    Object.entries(files).map(([name, content]) =>
      pulumi.output(resolve(content)).apply((text): [string, string] => [`${path}/${name}`, text]),
    ),
  );
  const hash = pulumi.unsecret(contents.apply(hashOf));
  const name = `${project}-${labelOf(folder)}`;
  // Pulumi makes names that are new for each, so that the files may be those again that were there before.
  const labels = [mark, { label: 'catamaran.content', value: hash }];
  const volume = new docker.Volume(name, { labels }, { ...options, deleteBeforeReplace: false });
  const filler = new docker.Container(
    name,
    {
      labels,
      image,
      // The engine looks the user up by name to own the files, and knows root anywhere.
      user: 'root',
      start: false,
      mustRun: false,
      capabilities: { drops: ['ALL'] },
      ...confined,
      ...small,
      networkMode: 'none',
      volumes: [{ volumeName: volume.name, containerPath: path }],
      uploads: contents.apply((all) =>
        all.map(([file, content]) => ({ file, content, permissions: '0444' })),
      ),
    },
    options,
  );
  return { hash, volume, filler, path };
}
