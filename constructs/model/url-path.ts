const routeCharacters = /[^\w\-./~]/;

/**
 * What to write instead of a wrong path of a route; undefined if the path is good. A route is for its path and everything
 * below it, so that a path has no wildcards.
 */
export function routePathProblem(path: string): string | undefined {
  const problem = rootedProblem(path, '/ for all requests, or a path such as /api');
  if (problem !== undefined) return problem;
  if (/[?#]/.test(path)) return `${firstPart(path, /[?#]/)}, because a route has no query and no fragment`;
  if (/[*:{}()[\]^$|+\\]/.test(path))
    return `${fixedFolders(path)}, because a path has no wildcards: it matches everything below it`;
  return characterProblem(path, routeCharacters, 'letters, digits and - . _ ~ /');
}

/** What to write instead of a wrong path of a health check; undefined if the path is good. */
export function healthPathProblem(path: string): string | undefined {
  return (
    rootedProblem(path, '/, or a path such as /health') ??
    characterProblem(path, /[^\w\-./?=&%~+]/, 'the characters of a URL')
  );
}

function rootedProblem(path: string, example: string): string | undefined {
  if (path === '') return example;
  if (/^https?:\/\//.test(path)) {
    const alone = URL.canParse(path) ? new URL(path).pathname : '/';
    return `the path alone, without scheme and host: ${alone}`;
  }
  if (path.startsWith('/')) return undefined;
  const close = `/${path}`;
  return /^\/[\w\-./~]+$/.test(close) ? `${close}, which starts with /` : 'a path that starts with /';
}

function characterProblem(path: string, wrong: RegExp, allowed: string): string | undefined {
  const [found] = wrong.exec(path) ?? [];
  return found === undefined
    ? undefined
    : `a path without ${JSON.stringify(found)}: only ${allowed} are allowed`;
}

/** The folders of a path before the first one with another character: `/api` of `/api/*` and of `/api/:id/notes`. */
function fixedFolders(path: string): string {
  const folders = firstPart(path, routeCharacters).split('/').slice(1, -1);
  return folders.length === 0 ? '/' : `/${folders.join('/')}`;
}

function firstPart(path: string, end: RegExp): string {
  return path.split(end, 1)[0] ?? '';
}
