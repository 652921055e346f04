import type { ImageModel } from '../model/image';
import type { Shell } from '../model/shell';
import type { Application } from './application';
import { readDockerfile } from './build';
import type { ContainerProps } from './container-props';

/** The shell of an image: what the component says, or else what the Dockerfile tells. */
export function shellOf(image: ImageModel, said: ContainerProps['shell'], application: Application): Shell {
  const isBare = () =>
    image.kind === 'build' && hasNoShell(readDockerfile(application.folder, image), image.target);
  if (said === undefined ? !isBare() : said === 'sh') return { kind: 'own' };
  return { kind: 'none', toolbox: { kind: 'reference', reference: application.environment.toolbox } };
}

/**
 * Whether the image of a Dockerfile has no shell: its stage starts from an image of distroless or from nothing, and
 * gets single files only. Whoever adds a whole root file system, or a shell, is believed to have one.
 *
 * @param dockerfile the text of a Dockerfile
 * @param target the name or the number of the stage; empty for the last one
 */
export function hasNoShell(dockerfile: string, target = ''): boolean {
  const lines = dockerfile.replace(/\\\r?\n/g, ' ').split('\n');
  const stages = new Map<string, Stage>();
  const all: Stage[] = [];
  let last: Stage | undefined;
  for (const line of lines) {
    const [, name, alias] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (name !== undefined) {
      const before = stages.get(name.toLowerCase());
      last = { base: before?.base ?? name, added: [...(before?.added ?? [])] };
      all.push(last);
      if (alias !== undefined) stages.set(alias.toLowerCase(), last);
    } else if (/^\s*(?:COPY|ADD)\s/i.test(line)) last?.added.push(line);
  }
  const built = target === '' ? last : (stages.get(target.toLowerCase()) ?? all[Number(target)]);
  if (!built) return false;
  const { base, added } = built;
  if (base.includes('/distroless/')) return !base.includes('debug') && !added.some(bringsShell);
  return base.toLowerCase() === 'scratch' && added.length > 0 && !added.some(bringsShell);
}

/** A stage of a Dockerfile: the image that it starts from, and the instructions that add files. */
interface Stage {
  readonly base: string;
  readonly added: string[];
}

// A whole root file system comes as the root of another stage, as an archive, or as a folder of that name.
function bringsShell(line: string): boolean {
  return (
    /\s\/\s+\/\s*$/.test(line) ||
    /rootfs|\.tar\b|busybox|\btoybox\b|\/bin\/(?:ba|da)?sh\b|\s\/bin\/?\s/i.test(line)
  );
}
