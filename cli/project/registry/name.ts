/** Where the registry API finds an image. */
export interface RegistryName {
  /** The host that credentials are kept for, with its port. */
  readonly registry: string;
  readonly repository: string;
  /** Or its digest. */
  readonly tag: string;
}

/** The name that Docker Hub has in references; its API is elsewhere. */
export const hub = 'docker.io';

/**
 * Splits `name:tag` or `name@digest` by Docker's rules: what comes before the first / is a host only if it has a dot or a port or
 * is localhost, and a name of one part is Docker Hub's `library/name`.
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

/** The address of a registry's API. Only one on this machine is asked without TLS, as Docker does. */
export function apiOf(registry: string): string {
  if (registry === hub) return 'https://registry-1.docker.io';
  const host = registry.replace(/:\d+$/, '');
  const local = host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
  return `${local ? 'http' : 'https'}://${registry}`;
}
