import { randomBytes } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** What a client asks for besides the path. */
export interface WebSocketOptions {
  readonly protocols: readonly string[];
  readonly cookie: string;
  /** Where the page is from. @default the host that is asked */
  readonly origin?: string;
}

/** A conversation over a WebSocket (RFC 6455), in short texts. */
export class Conversation {
  private constructor(
    private readonly socket: Duplex,
    private unread: Buffer,
    /** What the server sets with its answer. */
    readonly cookies: readonly string[],
  ) {}

  /** Opens one. Fails where the server answers with anything but the switch of protocols. */
  static open(url: string, { protocols, cookie, origin }: WebSocketOptions): Promise<Conversation> {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': protocols.join(', '),
      Origin: origin ?? new URL(url).origin,
      Cookie: cookie,
    };
    return new Promise((resolve, reject) => {
      const sent = request(url, { headers, agent: false, timeout: 10_000 });
      sent.on('upgrade', (response: IncomingMessage, socket: Duplex, head: Buffer) => {
        resolve(new Conversation(socket, head, response.headers['set-cookie'] ?? []));
      });
      sent.on('response', ({ statusCode }) => {
        sent.destroy(new Error(`${url}: status ${statusCode}, and no WebSocket`));
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer in 10 s')));
      sent.on('error', reject);
      sent.end();
    });
  }

  /** Sends data as JSON. */
  say(data: unknown): void {
    const payload = Buffer.from(JSON.stringify(data));
    const mask = randomBytes(4);
    const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
    this.socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, masked]));
  }

  /** The next text, as JSON. */
  async heard<Answer>(): Promise<Answer> {
    const [, length = 0] = await this.take(2);
    const long = length === 126 ? (await this.take(2)).readUInt16BE() : length;
    return JSON.parse((await this.take(long)).toString()) as Answer;
  }

  close(): void {
    this.socket.destroy();
  }

  private async take(count: number): Promise<Buffer> {
    while (this.unread.length < count) this.unread = Buffer.concat([this.unread, await this.more()]);
    const taken = this.unread.subarray(0, count);
    this.unread = this.unread.subarray(count);
    return taken;
  }

  private more(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error('nothing heard in 10 s'));
      }, 10_000);
      const end = () => {
        clearTimeout(late);
        reject(new Error('the server has ended the conversation'));
      };
      this.socket.once('close', end);
      this.socket.once('data', (data: Buffer) => {
        clearTimeout(late);
        this.socket.removeListener('close', end);
        this.socket.pause();
        resolve(data);
      });
      this.socket.resume();
    });
  }
}
