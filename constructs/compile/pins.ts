import type { Application } from '../components/application';
import type { Issue } from '../issue';
import { imageName, isPinned, type ImageModel, type PlannedImage } from '../model/image';
import { componentPath, environmentPath } from '../model/path';
import type { ApplicationModel } from '../model/workload';

/** The image that a tag pointed to when it was pinned. */
export interface Pin {
  /** The digest of the index with the images of all platforms; the digest of the image if there is no index. */
  readonly digest: string;
  /** The platforms of the image, such as `linux/amd64`, sorted. */
  readonly platforms: readonly string[];
}

/** Pins by the name of the image with its tag, such as `registry.example.com/shop:1.0`. */
export type Pins = ReadonlyMap<string, Pin>;

/** The file at the root of a project that holds its pins. */
export const lockFile = 'images.lock.json';

/** An image that a workload of an application runs. */
export interface UsedImage {
  readonly workload: string;
  readonly image: ImageModel;
  readonly name: string;
}

/** The images of an application: one for each workload, and one more for a workload whose image has no shell. */
export function usedImages({ workloads }: ApplicationModel): UsedImage[] {
  return workloads.flatMap(({ name: workload, image: own, shell }) =>
    [own, ...(shell.kind === 'none' ? [shell.toolbox] : [])].map((image) => ({
      workload,
      image,
      name: imageName(image),
    })),
  );
}

/**
 * The model with a digest for each pinned image. Every pinned image is pulled. This includes an image that the
 * application builds: it was pushed before it was pinned.
 */
export function pinImages(model: ApplicationModel, pins: Pins): ApplicationModel {
  const pinned = (image: ImageModel): ImageModel => {
    const name = imageName(image);
    const pin = pins.get(name);
    return pin ? { kind: 'reference', reference: `${name}@${pin.digest}` } : image;
  };
  const workloads = model.workloads.map((one) => {
    const { shell } = one;
    return {
      ...one,
      image: pinned(one.image),
      shell: shell.kind === 'none' ? { ...shell, toolbox: pinned(shell.toolbox) } : shell,
    };
  });
  return { ...model, workloads };
}

/**
 * An issue for each image without a digest, if the environment allows only pinned images.
 * @param model with its images pinned
 */
export function unpinnedIssues({ name, environment }: Application, model: ApplicationModel): Issue[] {
  if (environment.images === 'any') return [];
  return usedImages(model)
    .filter((used) => !isPinned(used.name))
    .map(({ workload, image, name: got }) => {
      const write = image.kind === 'build' ? push(name, environment) : pinning('npx catamaran images --pin');
      const sentence = `image is ${JSON.stringify(got)}, but environment ${environment.name} allows only pinned images: write ${write}`;
      return { path: componentPath(name, workload), field: 'image', got, write, sentence };
    });
}

/**
 * An issue for each image without a digest that an override has set, if the environment allows only pinned images.
 * @param planned the images of the plan, overrides included
 */
export function unpinnedOverrides(
  { name, environment }: Application,
  model: ApplicationModel,
  planned: () => readonly PlannedImage[],
): Issue[] {
  if (environment.images === 'any') return [];
  const own = new Set(usedImages(model).map((used) => used.name));
  const write = 'the image with its digest';
  return planned()
    .filter((image) => !own.has(image.name) && !isPinned(image.name))
    .map(({ workload, name: got }) => {
      const field = `components.${workload}.overrides`;
      const sentence =
        `${field} sets the image ${JSON.stringify(got)}, but environment ${environment.name} allows only pinned ` +
        `images: write ${write}`;
      return { path: environmentPath(name, environment.name), field, got, write, sentence };
    });
}

function pinning(command: string): string {
  return `its digest into ${lockFile} with ${command}`;
}

function push(application: string, { name, registry }: Application['environment']): string {
  const command = `npx catamaran build ${application} --environment ${name} --push`;
  return registry === undefined ? `a registry in the environment, and run ${command}` : pinning(command);
}

/** An issue for each pin that no application uses in any environment, for example after an image got a new tag. */
export function unusedPins(pins: Pins, used: readonly UsedImage[]): Issue[] {
  const names = new Set(used.map(({ name }) => name));
  return [...pins.keys()]
    .filter((name) => !names.has(name))
    .map((got) => {
      const successors = used.filter(({ name }) => repositoryOf(name) === repositoryOf(got));
      const now = [...new Set(successors.map(({ name }) => name))].sort().join(', ');
      const remedy = successors.some(({ image }) => image.kind === 'build')
        ? 'npx catamaran build --push'
        : 'npx catamaran images --pin';
      const write = now === '' ? `remove it with ${remedy}` : `pin ${now} instead, with ${remedy}`;
      const sentence = `images has a pin for ${JSON.stringify(got)}, which no application uses: ${write}`;
      return { path: lockFile, field: 'images', got, write, sentence };
    });
}

/** The name of an image without its tag and digest. */
export function repositoryOf(name: string): string {
  return name.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}
