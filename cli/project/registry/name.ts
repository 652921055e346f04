/** The parts of an image name that the registry API needs. */
export interface RegistryName {
  /** The host with its port. Credentials are stored under this name. */
  readonly registry: string;
  readonly repository: string;
  /** The tag or the digest. */
  readonly tag: string;
}

/** The name of Docker Hub in image names. Its API has another address. */
export const hub = 'docker.io';

/**
 * Splits `name:tag` or `name@digest` by Docker's rules: the part before the first / is a host only if it contains a dot or a
 * port, or is localhost. A name of one part is `library/name` on Docker Hub.
 * @see https://github.com/distribution/reference/blob/main/normalize.go
 */
export function parseName(reference: string): RegistryName {
  const [, name = '', named = '', digest = named] = /^(.*?)(?::([^:/@]+))?(?:@(.+))?$/.exec(reference) ?? [];
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const hosted = /[.:]/.test(first) || first === 'localhost';
  const host = hosted ? first : hub;
  const path = hosted ? name.slice(slash + 1) : name;
  const registry = host === 'index.docker.io' ? hub : host;
  return {
    registry,
    repository: registry === hub && !path.includes('/') ? `library/${path}` : path,
    tag: digest,
  };
}

/** The address of a registry's API. As with Docker, only a registry on this machine is called without TLS. */
export function apiOf(registry: string): string {
  if (registry === hub) return 'https://registry-1.docker.io';
  const host = registry.replace(/:\d+$/, '');
  const local = host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
  return `${local ? 'http' : 'https'}://${registry}`;
}
