import { createHash } from 'node:crypto';
import { IssuesError } from '../../../constructs/issue';
import type { Pin } from '../../../constructs/compile/pins';
import type { Runner } from '../../../constructs/target/runner';
import { credentialsFor, type Credentials } from './credentials';
import { apiOf, parseName } from './name';

interface PlatformOf {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

interface Manifest {
  readonly manifests?: readonly { readonly platform?: PlatformOf }[];
  readonly config?: { readonly digest: string };
}

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * Asks the registry of an image, or a mirror, for the digest and the platforms of the image.
 * @param mirror the address of a registry that has the images of all others, under their names without a host
 * @throws IssuesError if the registry does not return them
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export async function resolve(reference: string, run: Runner, mirror?: string): Promise<Pin> {
  const { registry, repository, tag } = parseName(reference);
  const session = new Session(reference, mirror === undefined ? registry : new URL(mirror).host, run);
  const api = `${mirror?.replace(/\/+$/, '') ?? apiOf(registry)}/v2/${repository}`;
  const body = Buffer.from(await (await session.get(`${api}/manifests/${tag}`)).arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const { manifests, config } = JSON.parse(body.toString()) as Manifest;
  // The platform of an image without an index is in its configuration.
  const platforms =
    manifests?.map(({ platform }) => platform ?? {}) ??
    (config ? [(await (await session.get(`${api}/blobs/${config.digest}`)).json()) as PlatformOf] : []);
  return { digest, platforms: [...new Set(platforms.flatMap(platformName))].sort() };
}

// An index also contains attestations, with the platform `unknown`.
function platformName({ os, architecture, variant }: PlatformOf): string[] {
  if (os === undefined || architecture === undefined || os === 'unknown') return [];
  // The variant of arm64 is always v8, and Docker leaves it out.
  const suffix = variant === undefined || variant === '' || architecture === 'arm64' ? '' : `/${variant}`;
  return [`${os}/${architecture}${suffix}`];
}

/** Requests about one image. If the registry needs credentials, its first answer says how to send them. */
class Session {
  private authorization: Readonly<Record<string, string>> = {};

  constructor(
    private readonly reference: string,
    private readonly registry: string,
    private readonly run: Runner,
  ) {}

  async get(url: string): Promise<Response> {
    const first = await this.ask(url, { headers: { accept, ...this.authorization } });
    if (first.status !== 401) return this.successful(first, url);
    this.authorization = await this.authorize(first.headers.get('www-authenticate') ?? '');
    return this.successful(await this.ask(url, { headers: { accept, ...this.authorization } }), url);
  }

  private async ask(url: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) });
    } catch (error) {
      const { message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
      const got = `${url} cannot be reached (${cause?.code ?? message})`;
      throw this.problem(got, 'use a registry that answers, or a mirror with --registry-mirror <url>');
    }
  }

  private successful(response: Response, url: string): Response {
    if (response.ok) return response;
    const got = `${url} answered with status ${response.status}`;
    if (response.status === 401 || response.status === 403)
      throw this.problem(got, `run docker login ${this.registry}, or use a public image`);
    if (response.status === 404) throw this.problem(got, `write an image that exists on ${this.registry}`);
    throw this.problem(got, 'run this command again when the registry works');
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ */
  private async authorize(challenge: string): Promise<Readonly<Record<string, string>>> {
    const credentials = await credentialsFor(this.registry, this.run);
    if (!/^bearer /i.test(challenge)) return basic(credentials);
    const { realm = '', ...query } = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    const response = await (credentials.kind === 'token'
      ? this.ask(realm, { method: 'POST', body: exchange(query, credentials.token) })
      : this.ask(`${realm}?${String(new URLSearchParams(query))}`, { headers: basic(credentials) }));
    const answer = (await this.successful(response, realm).json()) as {
      readonly token?: string;
      readonly access_token?: string;
    };
    return { authorization: `Bearer ${answer.token ?? answer.access_token ?? ''}` };
  }

  private problem(got: string, write: string): IssuesError {
    const field = this.reference;
    const sentence = `${field}: ${got}: ${write}`;
    return new IssuesError([{ path: 'catamaran images', field, got, write, sentence }]);
  }
}

/** @see https://distribution.github.io/distribution/spec/auth/oauth/ */
function exchange(query: Readonly<Record<string, string>>, token: string): URLSearchParams {
  const grant = { client_id: 'catamaran', grant_type: 'refresh_token', refresh_token: token };
  return new URLSearchParams({ ...query, ...grant });
}

function basic(credentials: Credentials): Readonly<Record<string, string>> {
  if (credentials.kind !== 'password') return {};
  const { username, password } = credentials;
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
