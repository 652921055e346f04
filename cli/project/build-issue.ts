import type { Issue } from '../../constructs/issue';
import type { ImageBuild } from './image-build';
import { hub, parseName } from './registry/name';
import { failed, type Finished } from '../../constructs/target/runner';

/** The issue for a docker command that failed. For known errors, it says what to do. */
export function buildIssue(build: ImageBuild, args: readonly string[], run: Finished): Issue {
  return (
    lackingPlatform(build, run) ??
    noBuilder(build, run) ??
    noBuildKit(build, run) ??
    refusedLogin(build, run) ??
    failed(build.path, 'docker', args, run)
  );
}

/** The base image has no image for one of the platforms. The messages are those of https://github.com/moby/buildkit. */
function lackingPlatform({ path, image, dockerfile }: ImageBuild, { stderr }: Finished): Issue | undefined {
  const base = /(\S+): no match for platform in manifest/.exec(stderr)?.[1];
  if (base === undefined) return undefined;
  const wanted = image.platforms.filter((platform) =>
    stderr.includes(`[${platform} internal] load metadata`),
  );
  const got = wanted.length > 0 ? wanted : image.platforms;
  const write = `platforms that the base image ${base} of ${dockerfile} has, or change the base image`;
  return { path, field: 'image.platforms', got, write };
}

function noBuilder({ path, image }: ImageBuild, { stderr }: Finished): Issue | undefined {
  const field = 'image.platforms';
  const issue = (problem: string, advice: string): Issue => ({
    path,
    field,
    got: image.platforms,
    write: advice,
    sentence: `${field} is ${JSON.stringify(image.platforms)}, but ${problem}: ${advice}`,
  });
  if (/unknown flag: --progress|'buildx' is not a docker command/.test(stderr))
    return issue('Docker has no buildx here', 'install it from https://docs.docker.com/go/buildx/');
  if (
    !/multi-platform build is not supported|multiple platforms feature is currently not supported/i.test(
      stderr,
    )
  )
    return undefined;
  return issue(
    'the current builder of Docker can build only one at a time',
    'create another builder with docker buildx create --use',
  );
}

/** Docker's older builder, which docker build uses without buildx, knows no secrets. */
function noBuildKit({ path, image }: ImageBuild, { stderr }: Finished): Issue | undefined {
  const field = 'image.secrets';
  const got = Object.keys(image.secrets);
  if (got.length === 0 || !/requires BuildKit|unknown flag: --secret/i.test(stderr)) return undefined;
  const write = 'install buildx from https://docs.docker.com/go/buildx/, and do not set DOCKER_BUILDKIT=0';
  const sentence = `${field} is ${JSON.stringify(got)}, but Docker builds without BuildKit here: ${write}`;
  return { path, field, got, write, sentence };
}

function refusedLogin({ path, image }: ImageBuild, { stderr }: Finished): Issue | undefined {
  if (!/unauthorized|no basic auth credentials|authentication required|401 unauthorized/i.test(stderr))
    return undefined;
  const { registry } = parseName(image.repository);
  const login = registry === hub ? 'docker login' : `docker login ${registry}`;
  const write = `run ${login}, then run this command again`;
  const sentence = `registry denies access to ${image.repository}: ${write}`;
  return { path, field: 'registry', got: image.repository, write, sentence };
}
