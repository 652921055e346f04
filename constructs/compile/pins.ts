import type { Application } from '../components/application';
import type { Issue } from '../issue';
import { imageName, isPinned, type ImageModel, type PlannedImage } from '../model/image';
import type { ApplicationModel } from '../model/workload';

/** What a name of an image stood for when it was pinned. */
export interface Pin {
  /** Of the index of all platforms, where the image has one. */
  readonly digest: string;
  /** Sorted. */
  readonly platforms: readonly string[];
}

/** Pins by the name of the image, as `registry.example.com/shop:1.0`. */
export type Pins = ReadonlyMap<string, Pin>;

/** The file at the root of a project that holds its pins. */
export const lockFile = 'images.lock.json';

/** An image of an application in one environment. */
export interface UsedImage {
  readonly workload: string;
  readonly image: ImageModel;
  readonly name: string;
}

/** The images of an application, one for each workload. */
export function usedImages({ workloads }: ApplicationModel): UsedImage[] {
  return workloads.map(({ name: workload, image }) => ({ workload, image, name: imageName(image) }));
}

/**
 * The same application with its pinned images by digest. One that the application builds was pushed before it
 * was pinned: it is pulled like any other.
 */
export function pinImages(model: ApplicationModel, pins: Pins): ApplicationModel {
  const pinned = (image: ImageModel): ImageModel => {
    const name = imageName(image);
    const pin = pins.get(name);
    return pin ? { kind: 'reference', reference: `${name}@${pin.digest}` } : image;
  };
  return { ...model, workloads: model.workloads.map((one) => ({ ...one, image: pinned(one.image) })) };
}

/** The images without a digest, where the environment demands that all have one. */
export function unpinnedIssues(
  { name, environment }: Application,
  model: ApplicationModel,
  pins: Pins,
): Issue[] {
  if (environment.images === 'any') return [];
  return usedImages(pinImages(model, pins))
    .filter((used) => !isPinned(used.name))
    .map(({ workload, image, name: got }) => {
      const remedy = image.kind === 'build' ? push(name, environment) : 'npx catamaran images --pin';
      const write = `its digest into ${lockFile}, as environment ${environment.name} takes pinned images only: ${remedy}`;
      return { path: `${name}/${workload}`, field: 'image', got, write };
    });
}

/** The images that an override has put in the place of pinned ones, without a digest. @param planned tells what runs */
export function unpinnedOverrides(
  { name, environment }: Application,
  model: ApplicationModel,
  planned: () => readonly PlannedImage[],
): Issue[] {
  if (environment.images === 'any') return [];
  const own = new Set(usedImages(model).map((used) => used.name));
  const write = `the image by its digest, as environment ${environment.name} takes pinned images only`;
  return planned()
    .filter((image) => !own.has(image.name) && !isPinned(image.name))
    .map(({ workload, name: got }) => ({
      path: `${name} (${environment.name})`,
      field: `components.${workload}.overrides`,
      got,
      write,
    }));
}

function push(application: string, { name, registry }: Application['environment']): string {
  const command = `npx catamaran build ${application} --environment ${name} --push`;
  return registry === undefined ? `a registry in the environment, then ${command}` : command;
}

/** The pins that no application uses in any environment: what they were for has another name by now. */
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
      const write =
        now === ''
          ? `nothing, as no application uses it: ${remedy}`
          : `the digest of what is used in its place, ${now}: ${remedy}`;
      return { path: lockFile, field: 'images', got, write };
    });
}

/** The name of an image without its tag and digest. */
export function repositoryOf(name: string): string {
  return name.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}
