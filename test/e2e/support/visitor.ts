import { createHash, randomBytes } from 'node:crypto';
import { request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Where a proxy takes TLS. */
export interface Place {
  readonly address: string;
  readonly port: number;
  /** The certificate that it has to show. */
  readonly certificate: string;
}

/** What a visitor asks for. */
export interface Question {
  readonly host: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Sent with POST. */
  readonly body?: string;
}

/** What a visitor is told. */
export interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks over TLS by the name of a host, which the certificate has to be for. */
export function visit(place: Place, question: Question): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(options(place, question), (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(question.body);
  });
}

/** Sends a text over a WebSocket (RFC 6455), and returns the one that comes back. */
export function echoed(place: Place, question: Question, text: string): Promise<string> {
  const key = randomBytes(16).toString('base64');
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': key,
  };
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return new Promise((resolve, reject) => {
    const sent = request(options(place, { ...question, headers }));
    sent.on('error', reject);
    sent.on('response', ({ statusCode }) => {
      reject(new Error(`no WebSocket, but status ${statusCode ?? 0}`));
    });
    sent.on('upgrade', (response, socket) => {
      if (response.headers['sec-websocket-accept'] !== accept) reject(new Error('another answer'));
      socket.once('data', (frame: Buffer) => {
        socket.destroy();
        resolve(frame.subarray(2).toString());
      });
      socket.write(masked(text));
    });
    sent.end();
  });
}

// One short text, whose mask leaves it as it is.
function masked(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

function options(
  { address, port, certificate }: Place,
  { host, path, headers, body }: Question,
): RequestOptions {
  return {
    host: address,
    port,
    path,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, Host: host },
    servername: host,
    ca: certificate,
    agent: false,
    timeout: 10_000,
  };
}
