import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The credentials that a fake registry asks for. */
export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** Tokens of its own server. Without a password, anybody gets one. */
  | {
      readonly kind: 'token';
      readonly username?: string;
      readonly password?: string;
      readonly identity?: string;
    };

/** The digest of a manifest. */
export function digestOf(content: object): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(content)).digest('hex')}`;
}

/** A registry that holds manifests and blobs by their path, as `library/nginx/manifests/1.27`. A text is sent as it is. */
export class FakeRegistry {
  readonly requests: string[] = [];
  private readonly server: Server;

  constructor(
    private readonly content: Readonly<Record<string, object | string>>,
    private readonly access: Access = { kind: 'open' },
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body, challenge }) => {
        response.writeHead(status, challenge === undefined ? {} : { 'www-authenticate': challenge });
        response.end(typeof body === 'object' ? JSON.stringify(body) : body);
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  private async answer(
    request: IncomingMessage,
  ): Promise<{ status: number; body?: object | string; challenge?: string }> {
    const url = new URL(request.url ?? '', this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    if (url.pathname === '/token') return this.token(request, url);
    if (!this.allowed(request.headers.authorization)) return { status: 401, challenge: this.challenge(url) };
    const body = this.content[url.pathname.slice('/v2/'.length)];
    return body !== undefined ? { status: 200, body } : { status: 404 };
  }

  private allowed(authorization: string | undefined): boolean {
    if (this.access.kind === 'open') return true;
    return authorization === (this.access.kind === 'token' ? 'Bearer a-token' : basic(this.access));
  }

  private challenge({ pathname }: URL): string {
    if (this.access.kind === 'basic') return 'Basic realm="private"';
    const scope = `repository:${/^\/v2\/(.*)\/(?:manifests|blobs)\//.exec(pathname)?.[1]}:pull`;
    return `Bearer realm="${this.url}/token",service="fake",scope="${scope}"`;
  }

  private async token(request: IncomingMessage, url: URL): Promise<{ status: number; body?: object }> {
    if (this.access.kind !== 'token') return { status: 404 };
    const { username, password, identity } = this.access;
    if (identity !== undefined) {
      const form = new URLSearchParams(await textOf(request));
      const right = form.get('refresh_token') === identity && form.get('grant_type') === 'refresh_token';
      return right ? { status: 200, body: { access_token: 'a-token' } } : { status: 401 };
    }
    this.requests.push(`scope ${url.searchParams.get('service')} ${url.searchParams.get('scope')}`);
    if (username === undefined || password === undefined) return { status: 200, body: { token: 'a-token' } };
    const right = request.headers.authorization === basic({ username, password });
    return right ? { status: 200, body: { token: 'a-token' } } : { status: 401 };
  }
}

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
