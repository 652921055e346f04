import { request as overHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as overTls } from 'node:https';
import { pause } from './run';

/** A port of a proxy on this machine. */
export interface Door {
  readonly port: number;
  /** The certificate that it has to show. @default no TLS */
  readonly certificate?: string;
}

/** What is asked for. */
export interface Asked {
  readonly path: string;
  /** @default www.example */
  readonly host?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** The size of a body to send, in MiB; 0 for a POST without one. @default a GET */
  readonly upload?: number;
}

const mebibyte = Buffer.alloc(1024 ** 2, 'x');

/** Sends a request over a connection of its own, and returns the answer as soon as its head is there. */
export function opened(door: Door, asked: Asked): Promise<IncomingMessage> {
  const { path, host = 'www.example', headers = {}, upload } = asked;
  const length = upload === undefined ? {} : { 'Content-Length': upload * mebibyte.length };
  const options = {
    ...{ host: '127.0.0.1', port: door.port, path, agent: false, timeout: 60_000 },
    method: upload === undefined ? 'GET' : 'POST',
    headers: { Host: host, ...length, ...headers },
    maxHeaderSize: 128 * 1024,
  };
  return new Promise((resolve, reject) => {
    const sent =
      door.certificate === undefined
        ? overHttp(options, resolve)
        : overTls({ ...options, servername: host.replace(/:.*/, ''), ca: door.certificate }, resolve);
    sent.on('error', reject);
    const more = (left: number): void => {
      if (left === 0 || sent.destroyed) sent.end();
      else
        sent.write(mebibyte, () => {
          more(left - 1);
        });
    };
    more(upload ?? 0);
  });
}

/** What came back. */
export interface Got {
  readonly status: number;
  readonly location: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** Sends a request and reads the whole answer. */
export async function got(door: Door, asked: Asked): Promise<Got> {
  const answer = await opened(door, asked);
  const parts: Buffer[] = [];
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
  const { statusCode: status = 0, headers } = answer;
  return { status, location: headers.location, headers, text: Buffer.concat(parts).toString() };
}

/** Reads an answer, and stops for a while after its first bytes; returns how many bytes came. */
export async function readSlowly(answer: IncomingMessage, seconds: number): Promise<number> {
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    if (size === 0) await pause(seconds * 1000);
    size += part.length;
  }
  return size;
}

/** The seconds between the first and the last part of an answer. */
export async function secondsBetween(answer: IncomingMessage): Promise<number> {
  const times: number[] = [];
  for await (const part of answer as AsyncIterable<Buffer>) if (part.length > 0) times.push(Date.now());
  return ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
}
