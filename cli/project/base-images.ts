import { IssuesError, type Issue } from '../../constructs/issue';
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
  const issues = baseImages(readText(dockerfile) ?? '').map(async (base): Promise<Issue[]> => {
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
 * The base images that a Dockerfile needs for the platform of the build. They do not include its own stages, or images with
 * an explicit `--platform`.
 * @see https://docs.docker.com/reference/dockerfile/#from
 */
export function baseImages(dockerfile: string): string[] {
  const defaults = new Map<string, string>();
  const stages = new Set(['scratch']);
  const found = new Set<string>();
  for (const line of dockerfile.split('\n')) {
    const [, variable = '', value = ''] = /^\s*ARG\s+(\w+)=["']?([^\s"']*)/i.exec(line) ?? [];
    if (variable !== '') defaults.set(variable, value);
    const [, flags = '', name, stage] = /^\s*FROM\s+((?:--\S+\s+)*)(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (name === undefined) continue;
    const image = name.replace(
      /\$\{?(\w+)(?::-[^}]*)?\}?/g,
      (text, key: string) => defaults.get(key) ?? text,
    );
    if (!stages.has(image.toLowerCase()) && !flags.includes('--platform') && !image.includes('$'))
      found.add(/[:@][^/]*$/.test(image) ? image : `${image}:latest`);
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return [...found];
}
