import { createHash } from 'node:crypto';
import { IssuesError } from '../../../constructs/issue';
import type { Pin } from '../../../constructs/compile/pins';
import { isMapping, type Mapping } from '../../../constructs/model/data';
import type { Runner } from '../../../constructs/target/runner';
import { jsonObject } from '../json';
import { credentialsFor, type Credentials } from './credentials';
import { apiOf, parseName } from './name';

/** An answer of a registry, with its whole body. */
interface Answer {
  readonly url: string;
  readonly status: number;
  readonly challenge: string;
  readonly body: Buffer;
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
 * @param path the path of issues: the command, or the component whose image is asked for
 * @throws IssuesError if the registry does not return them
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export async function resolve(
  reference: string,
  run: Runner,
  mirror?: string,
  path = 'catamaran images',
): Promise<Pin> {
  const { registry, repository, tag } = parseName(reference);
  const session = new Session(reference, mirror === undefined ? registry : new URL(mirror).host, run, path);
  const api = `${mirror?.replace(/\/+$/, '') ?? apiOf(registry)}/v2/${repository}`;
  const manifest = await session.get(`${api}/manifests/${tag}`);
  const digest = `sha256:${createHash('sha256').update(manifest.body).digest('hex')}`;
  const { manifests, config } = session.objectIn(manifest);
  if (Array.isArray(manifests))
    return pinOf(
      digest,
      manifests.map((one: unknown) => (isMapping(one) ? one['platform'] : undefined)),
    );
  // The platform of an image without an index is in its configuration.
  const blob = isMapping(config) ? config['digest'] : undefined;
  if (!isDigestText(blob)) throw session.unreadable(manifest);
  return pinOf(digest, [session.objectIn(await session.get(`${api}/blobs/${blob}`))]);
}

function isDigestText(value: unknown): value is string {
  return typeof value === 'string' && /^\w+:[0-9a-f]+$/.test(value);
}

function pinOf(digest: string, platforms: readonly unknown[]): Pin {
  return { digest, platforms: [...new Set(platforms.flatMap(platformName))].sort() };
}

// An index also contains attestations, with the platform `unknown`.
function platformName(platform: unknown): string[] {
  const { os, architecture, variant } = isMapping(platform) ? platform : {};
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown') return [];
  // The variant of arm64 is always v8, and Docker leaves it out.
  const hasVariant = typeof variant === 'string' && variant !== '' && architecture !== 'arm64';
  return [`${os}/${architecture}${hasVariant ? `/${variant}` : ''}`];
}

/** Requests about one image. If the registry needs credentials, its first answer says how to send them. */
class Session {
  private authorization: Readonly<Record<string, string>> = {};
  /** What to do if the registry denies access, if it is not `docker login`. */
  private advice: string | undefined;

  constructor(
    private readonly reference: string,
    private readonly registry: string,
    private readonly run: Runner,
    private readonly path: string,
  ) {}

  async get(url: string): Promise<Answer> {
    const first = await this.ask(url, { headers: { accept, ...this.authorization } });
    if (first.status !== 401) return this.successful(first);
    this.authorization = await this.authorize(first.challenge);
    return this.successful(await this.ask(url, { headers: { accept, ...this.authorization } }));
  }

  /** The JSON object in an answer. @throws IssuesError if there is none */
  objectIn(answer: Answer): Mapping {
    const found = jsonObject(answer.body.toString());
    if (found) return found;
    throw this.unreadable(answer);
  }

  /** The issue for an answer that is not what a registry answers, such as the login page of a network. */
  unreadable({ url }: Answer): IssuesError {
    return this.problem(
      `${url} answered with something else than a registry does`,
      'open this address to see what answers, or use a mirror with --registry-mirror <url>',
    );
  }

  private async ask(url: string, request: RequestInit): Promise<Answer> {
    try {
      const response = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) });
      const challenge = response.headers.get('www-authenticate') ?? '';
      return { url, status: response.status, challenge, body: Buffer.from(await response.arrayBuffer()) };
    } catch (error) {
      const { message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
      const got = `${url} cannot be reached (${cause?.code ?? message})`;
      throw this.problem(got, 'use a registry that answers, or a mirror with --registry-mirror <url>');
    }
  }

  private successful(answer: Answer): Answer {
    const { url, status } = answer;
    if (status >= 200 && status < 300) return answer;
    const got = `${url} answered with status ${status}`;
    if (status === 401 || status === 403)
      throw this.problem(got, this.advice ?? `run docker login ${this.registry}, or use a public image`);
    if (status === 404) throw this.problem(got, `write an image that exists on ${this.registry}`);
    throw this.problem(got, 'run this command again when the registry works');
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ */
  private async authorize(challenge: string): Promise<Readonly<Record<string, string>>> {
    const credentials = await credentialsFor(this.registry, this.run);
    if (credentials.kind === 'none') this.advice = credentials.advice;
    if (!/^bearer /i.test(challenge)) return basic(credentials);
    const { realm = '', ...query } = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    );
    const answer = await (credentials.kind === 'token'
      ? this.ask(realm, { method: 'POST', body: exchange(query, credentials.token) })
      : this.ask(`${realm}?${String(new URLSearchParams(query))}`, { headers: basic(credentials) }));
    const { token, access_token: accessToken } = this.objectIn(this.successful({ ...answer, url: realm }));
    const found = token ?? accessToken;
    if (typeof found !== 'string') throw this.unreadable(answer);
    return { authorization: `Bearer ${found}` };
  }

  private problem(got: string, write: string): IssuesError {
    const field = this.reference;
    const sentence = `${field}: ${got}: ${write}`;
    return new IssuesError([{ path: this.path, field, got, write, sentence }]);
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
