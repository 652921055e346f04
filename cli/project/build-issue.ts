import type { Issue } from '../../constructs/issue';
import type { ImageBuild } from '../commands/build';
import { notRun, type Finished } from '../../constructs/target/runner';

/** Says in our words what Docker could not do, where it is a mistake that has a known remedy. */
export function buildIssue(build: ImageBuild, args: readonly string[], run: Finished): Issue {
  return (
    lackingPlatform(build, run) ??
    noBuilder(build, run) ??
    refusedLogin(build, run) ?? {
      path: build.path,
      field: `docker ${args.join(' ')}`,
      got: run.code === notRun ? run.stderr : `exit code ${run.code}`,
      write: 'what Docker accepts; it says why above',
    }
  );
}

/** @see https://github.com/moby/buildkit: the platforms that it reads of a base image's index */
function lackingPlatform({ path, image, dockerfile }: ImageBuild, { stderr }: Finished): Issue | undefined {
  const base = /(\S+): no match for platform in manifest/.exec(stderr)?.[1];
  if (base === undefined) return undefined;
  const wanted = image.platforms.filter((platform) =>
    stderr.includes(`[${platform} internal] load metadata`),
  );
  const got = wanted.length > 0 ? wanted : image.platforms;
  const write = `platforms that the base image ${base} of ${dockerfile} has, or another base image there`;
  return { path, field: 'image.platforms', got, write };
}

function noBuilder({ path, image }: ImageBuild, { stderr }: Finished): Issue | undefined {
  const issue = { path, field: 'image.platforms', got: image.platforms };
  if (/unknown flag: --progress|'buildx' is not a docker command/.test(stderr))
    return { ...issue, write: 'them after buildx was installed: https://docs.docker.com/go/buildx/' };
  if (
    !/multi-platform build is not supported|multiple platforms feature is currently not supported/i.test(
      stderr,
    )
  )
    return undefined;
  return { ...issue, write: 'them after a builder for several was made: docker buildx create --use' };
}

function refusedLogin({ path, image }: ImageBuild, { stderr }: Finished): Issue | undefined {
  if (!/unauthorized|no basic auth credentials|authentication required|401 unauthorized/i.test(stderr))
    return undefined;
  const host = image.repository.split('/')[0] ?? '';
  return {
    path,
    field: 'registry',
    got: image.repository,
    write: `docker login ${host}, then the command again`,
  };
}
