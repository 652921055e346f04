import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application } from '../../constructs/components/application';
import { buildContext } from '../../constructs/components/build-context';
import { compile } from '../../constructs/compile/compile';
import { withPlaces } from '../../constructs/compile/places';
import { IssuesError } from '../../constructs/issue';
import { targetFor } from '../../constructs/pipeline/plan';
import type { Finished, Runner } from '../../constructs/target/runner';
import { usedImages, repositoryOf, type Pin, type Pins, type UsedImage } from '../../constructs/compile/pins';
import { defineCommand, onlyWith } from '../command';
import { application, environment, registryMirror } from '../command-words';
import { lackingPlatforms } from '../project/base-images';
import { buildSecretValues } from '../project/build-secrets';
import { buildIssue } from '../project/build-issue';
import type { ImageBuild } from '../project/image-build';
import { commitTag } from '../project/git';
import { jsonObject, jsonValue } from '../project/json';
import { forEachApplication, select } from '../project/select';
import { isDigest, readPins, writePins } from '../project/lock';
import { askingOnce } from '../project/registry/credentials';
import { checkMirror } from '../project/registry/mirror';
import { componentPath, environmentPath } from '../../constructs/model/path';
import { buildSecrets } from '../../constructs/model/secret';
import { sortedEntries } from '../../constructs/model/sorted';
import type { Target } from '../../constructs/target/target';
import { readText, withSlashes } from '../project/files';

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

function tags({ name, others }: ImageBuild): string[] {
  return [name, ...others].flatMap((tag) => ['--tag', tag]);
}

/** The options of a build that its image names. Values of secrets are in variables, which no list of processes shows. */
function optionsOf({ image: { target, args, secrets } }: ImageBuild): string[] {
  return [
    ...(target === '' ? [] : ['--target', target]),
    ...sortedEntries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...sortedEntries(secrets).flatMap(([id, name]) => ['--secret', `id=${id},env=${name}`]),
  ];
}

async function buildHere(one: ImageBuild, run: Runner): Promise<void> {
  await withDockerfile(one, (dockerfile) =>
    docker(
      one,
      ['build', '--quiet', ...tags(one), ...optionsOf(one), '--file', dockerfile, one.context],
      run,
    ),
  );
}

/**
 * Runs a build. If the context has folders that are left out, the build gets a copy of the Dockerfile with an ignore file
 * that names them too: BuildKit reads the one beside the Dockerfile.
 */
async function withDockerfile(
  { context, dockerfile }: ImageBuild,
  build: (dockerfile: string) => Promise<unknown>,
): Promise<void> {
  const { leftOut, rules } = buildContext(context, dockerfile);
  if (leftOut.length === 0) {
    await build(dockerfile);
    return;
  }
  await inTemporaryFolder(async (folder) => {
    const copy = join(folder, 'Dockerfile');
    copyFileSync(dockerfile, copy);
    writeFileSync(`${copy}.dockerignore`, [rules, ...leftOut.map(withSlashes), ''].join('\n'));
    await build(copy);
  });
}

async function inTemporaryFolder<Result>(action: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'catamaran-build-'));
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Builds and pushes an image. With several platforms, the digest is that of the index of all of them. */
async function pushed(one: ImageBuild, mirror: string | undefined, run: Runner): Promise<Pin> {
  if (one.image.platforms.length === 0) return pushedByEngine(one, run);
  const lacking = await lackingPlatforms(one, mirror, run);
  if (lacking.length > 0) throw new IssuesError(lacking);
  return pushedByBuilder(one, run);
}

async function pushedByEngine(one: ImageBuild, run: Runner): Promise<Pin> {
  await buildHere(one, run);
  for (const name of [one.name, ...one.others]) await docker(one, ['push', '--quiet', name], run);
  const format = '{{json .RepoDigests}} {{.Os}}/{{.Architecture}}';
  const { stdout } = await docker(one, ['image', 'inspect', '--format', format, one.name], run);
  const [text = '', platform = ''] = stdout.trim().split(' ');
  const digests = jsonValue(text);
  const found = (Array.isArray(digests) ? digests : []).flatMap((name) => {
    const [repository, digest] = String(name).split('@');
    return repository === one.image.repository ? [digest] : [];
  });
  return pinOf(one, found[0], [platform], 'docker image inspect', 'docker version');
}

// The engine can only store an image for one platform. buildx pushes the images of several platforms, and their index.
async function pushedByBuilder(one: ImageBuild, run: Runner): Promise<Pin> {
  const { image, context } = one;
  return inTemporaryFolder(async (folder) => {
    const metadata = join(folder, 'metadata.json');
    await withDockerfile(one, (dockerfile) =>
      docker(
        one,
        [
          ...['buildx', 'build', '--progress', 'plain', '--platform', image.platforms.join(','), '--push'],
          ...['--metadata-file', metadata, ...tags(one), ...optionsOf(one), '--file', dockerfile, context],
        ],
        run,
      ),
    );
    const written = jsonObject(readText(metadata) ?? '');
    const digest = written?.['containerimage.digest'];
    return pinOf(one, digest, image.platforms, 'docker buildx build', 'docker buildx version');
  });
}

/** The pin of a pushed image. @throws IssuesError if Docker, or what stands in for it, has reported no digest */
function pinOf(
  { path, name }: ImageBuild,
  digest: unknown,
  platforms: readonly string[],
  field: string,
  version: string,
): Pin {
  if (isDigest(digest)) return { digest, platforms };
  const write = `update Docker if ${version} shows an old one, then run this command again`;
  const sentence = `${field} reported no digest for ${name}, which has been pushed: ${write}`;
  throw new IssuesError([{ path, field, got: digest, write, sentence }]);
}

async function docker(one: ImageBuild, args: readonly string[], run: Runner): Promise<Finished> {
  const finished = await run('docker', args, { shows: 'errors', variables: one.secretValues });
  if (finished.code === 0) return finished;
  throw new IssuesError([buildIssue(one, args, finished)]);
}
