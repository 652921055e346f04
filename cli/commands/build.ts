import { join } from 'node:path';
import type { Application } from '../../constructs/components/application';
import { compile } from '../../constructs/compile/compile';
import { withPlaces } from '../../constructs/compile/places';
import { IssuesError } from '../../constructs/issue';
import { targetFor } from '../../constructs/pipeline/plan';
import type { Runner } from '../../constructs/target/runner';
import { usedImages, repositoryOf, type Pin, type Pins, type UsedImage } from '../../constructs/compile/pins';
import { defineCommand, onlyWith } from '../command';
import { application, environment, registryMirror } from '../command-words';
import { buildSecretValues } from '../project/build-secrets';
import { buildHere, pushed } from '../project/docker-build';
import type { ImageBuild } from '../project/image-build';
import { commitTag } from '../project/git';
import { forEachApplication, select } from '../project/select';
import { readPins, writePins } from '../project/lock';
import { askingOnce } from '../project/registry/credentials';
import { checkMirror } from '../project/registry/mirror';
import { componentPath, environmentPath } from '../../constructs/model/path';
import { buildSecrets } from '../../constructs/model/secret';
import type { Target } from '../../constructs/target/target';

/**
 * Builds the images of applications with Docker and prints their names. `--push` pushes the images of the environments
 * that have a registry, for all their platforms, and writes the digests into the lock file.
 */
export const build = defineCommand({
  name: 'build',
  summary: 'Build the images of applications with Docker',
  arguments: { application },
  options: {
    environment,
    push: {
      summary:
        'build each image for all its platforms, push it to the registry of the environment, and write its digest into images.lock.json',
    },
    registryMirror,
  },
  examples: ['catamaran build shop', 'catamaran build shop --environment staging --push'],
  misuse: ({ push, registryMirror }) =>
    !push && registryMirror !== undefined ? onlyWith('--registry-mirror', '--push') : undefined,
  async run({ application, environment, push, registryMirror }, context) {
    const { project, targets } = context;
    const run = askingOnce(context.run);
    checkMirror('catamaran build', registryMirror);
    const imagesIn = (place: string | undefined) =>
      forEachApplication(select(project, { application, environment: place }), (one): Images => {
        const target = targetFor(one, targets);
        return { application: one, target, images: usedImages(compile(one, target)) };
      });
    const named = imagesIn(environment);
    const applications = named.map((one) => one.application);
    await withPlaces(applications, async () => {
      const chosen = push ? withRegistry(named) : named;
      const used = new Set(
        (push ? imagesIn(undefined) : []).flatMap(({ images }) => images.map(({ name }) => name)),
      );
      for (const one of await buildsOf(chosen, run)) {
        if (!push) {
          await buildHere(one, run);
          console.log(one.name);
        } else {
          const pin = await pushed(one, registryMirror, run);
          // Written after each push, so that the digest is not lost if the next build fails.
          writePins(project, replaced(readPins(project), one, pin, used));
          console.log(`${one.name}@${pin.digest}`);
        }
        for (const other of one.others) console.error(`  also ${other}`);
      }
    });
  },
});

/** The images of an application in one environment. */
interface Images {
  readonly application: Application;
  readonly target: Target;
  readonly images: readonly UsedImage[];
}

function withRegistry(all: readonly Images[]): readonly Images[] {
  const some = all.filter(({ application: { environment } }) => environment.registry !== undefined);
  if (some.length > 0) return some;
  throw new IssuesError(
    all.map(({ application: { name, environment } }) => ({
      path: environmentPath(name, environment.name),
      field: 'registry',
      got: undefined,
      write: `the registry to push to, such as ${environment.target}({ registry: 'registry.example.com/${name}' })`,
    })),
  );
}

/** The images to build, each once. Git is asked once about each folder. */
async function buildsOf(all: readonly Images[], run: Runner): Promise<ImageBuild[]> {
  const commits = new Map<string, Promise<string[]>>();
  const builds = await Promise.all(all.map((images) => buildsOfApplication(images, run)));
  const once = [...new Map(builds.flat().map((one) => [one.name, one])).values()];
  return Promise.all(
    once.map(async ({ version, ...one }): Promise<ImageBuild> => {
      const commit = commits.get(one.context) ?? commitTag(one.path, one.context, run);
      commits.set(one.context, commit);
      const { repository, tag } = one.image;
      // Two images of one folder, such as two stages, would overwrite each other's tags.
      const isShared = once.some(({ image }) => image.repository === repository && image.tag !== tag);
      const others = [version, ...(await commit)].map(
        (other) => `${repository}:${isShared ? `${other}-${tag}` : other}`,
      );
      return { ...one, others };
    }),
  );
}

type Build = Omit<ImageBuild, 'others'> & { readonly version: string };

async function buildsOfApplication({ application, target, images }: Images, run: Runner): Promise<Build[]> {
  const { folder, name: owner, version } = application;
  const secrets = buildSecrets(images.map(({ image }) => image));
  const values = await buildSecretValues(application, target, secrets, run);
  return images.flatMap(({ workload, image, name }) => {
    if (image.kind === 'reference') return [];
    const context = join(folder, image.context);
    const path = componentPath(owner, workload);
    const dockerfile = join(context, image.dockerfile);
    const own = Object.values(image.secrets).map((secret) => [secret, values[secret] ?? '']);
    const secretValues = Object.fromEntries(own) as Record<string, string>;
    return [{ path, image, name, version, context, dockerfile, secretValues }];
  });
}

// Removes the pins of older sources of the image, which have other tags, unless another environment still uses them.
function replaced(pins: Pins, { name }: ImageBuild, pin: Pin, used: ReadonlySet<string>): Pins {
  const kept = [...pins].filter(([other]) => used.has(other) || repositoryOf(other) !== repositoryOf(name));
  return new Map([...kept, [name, pin]]);
}
