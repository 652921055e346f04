import { IssuesError, type Issue } from '../../constructs/issue';
import { neededStages, readDockerfile } from '../../constructs/model/dockerfile';
import type { BuiltImage } from '../../constructs/model/image';
import type { Runner } from '../../constructs/target/runner';
import { readText } from './files';
import type { ImageBuild } from './image-build';
import { resolve } from './registry/client';

/**
 * Finds base images that lack a platform of a build. BuildKit reports this only for a base image with several platforms. If
 * a base image has only one platform, BuildKit uses it for all platforms, and makes images that cannot start.
 * @param mirror a registry to ask instead of all others
 */
export async function lackingPlatforms(
  build: ImageBuild,
  mirror: string | undefined,
  run: Runner,
): Promise<Issue[]> {
  const { path, image, dockerfile } = build;
  const issues = baseImages(readText(dockerfile) ?? '', image).map(async (base): Promise<Issue[]> => {
    const has = await platformsOf(path, base, mirror, run);
    const lacking = image.platforms.filter((platform) => !has.includes(platform));
    if (has.length === 0 || lacking.length === 0) return [];
    const write = `platforms that the base image ${base} of ${dockerfile} has (${has.join(', ')}), or change the base image`;
    return [{ path, field: 'image.platforms', got: lacking, write }];
  });
  return (await Promise.all(issues)).flat();
}

/** The platforms of a base image. Empty if the registry does not return them; the build then fails if one is missing. */
async function platformsOf(
  path: string,
  base: string,
  mirror: string | undefined,
  run: Runner,
): Promise<readonly string[]> {
  try {
    return (await resolve(base, run, mirror, path)).platforms;
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    console.error(`  The platforms of base image ${base} are not known: ${error.message}`);
    return [];
  }
}

/**
 * The images that a build needs for its own platform: the base images of the stages that its target needs, and images that
 * they copy files from. They do not include its own stages, or images with an explicit `--platform`.
 */
export function baseImages(
  dockerfile: string,
  { target = '', args = {} }: Partial<Pick<BuiltImage, 'target' | 'args'>> = {},
): string[] {
  const { stages } = readDockerfile(dockerfile, args);
  const names = stages.map(({ name }) => name.toLowerCase());
  const isStage = (name: string) => names.includes(name.toLowerCase()) || /^\d+$/.test(name);
  const found = neededStages(stages, target).flatMap(({ base, hasOwnPlatform, sources }) => [
    ...(hasOwnPlatform ? [] : [base]),
    ...sources,
  ]);
  const images = found.filter((name) => !isStage(name) && name !== 'scratch' && !name.includes('$'));
  return [...new Set(images.map((name) => (/[:@][^/]*$/.test(name) ? name : `${name}:latest`)))];
}
