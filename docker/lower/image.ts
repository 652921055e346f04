import { imageName } from '../../constructs/model/image';
import { sortedKeys } from '../../constructs/model/sorted';
import type { Workload } from '../../constructs/model/workload';
import type { Container, EngineBuild } from '../container';

/** The image of a container, and how the engine builds it. */
export function lowerImage(image: Workload['image']): Pick<Container, 'image' | 'builds'> {
  if (image.kind === 'reference') return { image: imageName(image), builds: [] };
  // An engine builds only for its own platform.
  const { context, dockerfile, target, args, secrets } = image;
  const build: EngineBuild = {
    context,
    dockerfile,
    ...(target !== '' && { target }),
    ...(hasEntries(args) && { args: sortedKeys(args) }),
    ...(hasEntries(secrets) && { secrets: sortedKeys(secrets) }),
  };
  return { image: imageName(image), builds: [build] };
}

function hasEntries(map: object): boolean {
  return Object.keys(map).length > 0;
}
