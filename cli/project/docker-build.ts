import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pin } from '../../constructs/compile/pins';
import { buildContext } from '../../constructs/components/build-context';
import { IssuesError } from '../../constructs/issue';
import { sortedEntries } from '../../constructs/model/sorted';
import type { Finished, Runner } from '../../constructs/target/runner';
import { lackingPlatforms } from './base-images';
import { buildIssue } from './build-issue';
import { readText, withSlashes } from './files';
import type { ImageBuild } from './image-build';
import { jsonObject, jsonValue } from './json';
import { isDigest } from './lock';

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

/** Builds an image for the platform of the engine, and leaves it there. */
export async function buildHere(one: ImageBuild, run: Runner): Promise<void> {
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
export async function pushed(one: ImageBuild, mirror: string | undefined, run: Runner): Promise<Pin> {
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
