import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { certificate } from './certificate';

/** A request as the server got it. */
interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

/** The requests so far. */
export const asked: Asked[] = [];
const paths: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  '/created': (response) => response.writeHead(201).end('made'),
  '/empty': (response) => response.writeHead(204).end(),
  '/large': (response) => response.end(Buffer.alloc(1_000_000)),
  '/no-place': (response) => response.writeHead(302).end(),
  '/unchanged': (response) => response.writeHead(304).end(),
  '/choices': (response) => response.writeHead(300, { location: '/broken' }).end('either'),
  '/bad-request': (response) => response.writeHead(400).end('bad'),
  '/login': (response) => response.writeHead(401, { 'www-authenticate': 'Basic' }).end(),
  '/missing': (response) => response.writeHead(404).end('nothing here'),
  '/broken': (response) => response.writeHead(500).end('broken'),
  '/not-ready': (response) => response.writeHead(503).end(),
  '/here': (response) => response.writeHead(301, { location: '/empty?a=b' }).end(),
  '/beside': (response) => response.writeHead(307, { location: 'empty' }).end(),
  '/whole': (response) =>
    response.writeHead(308, { location: `http://127.0.0.1:${port}/empty` }).end('moved'),
  '/to-broken': (response) => response.writeHead(302, { Location: '/broken' }).end(),
  '/to-closed': (response) => response.writeHead(302, { location: `http://127.0.0.1:${closed}/` }).end(),
  '/to-tls': (response) => response.writeHead(302, { location: `https://127.0.0.1:${tlsPort}/` }).end(),
  '/to-other': (response) => response.writeHead(302, { LOCATION: 'http://other.invalid/' }).end(),
  '/to-other-tls': (response) => response.writeHead(303, { location: 'https://shop.example.com/' }).end(),
  '/to-mail': (response) => response.writeHead(302, { location: 'mailto:shop@example.com' }).end(),
  '/round': (response) => response.writeHead(302, { location: '/round' }).end(),
  '/slow': (response) => setTimeout(() => response.end('late'), 2000).unref(),
  '/half': (response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setTimeout(() => response.destroy(), 50);
  },
  '/endless': (response) => {
    response.writeHead(200).write('the first part');
  },
};
const answer = (request: IncomingMessage, response: ServerResponse): void => {
  const { method, url = '', headers } = request;
  asked.push({ method, url, headers });
  const steps = /^\/steps\/(\d+)$/.exec(url)?.[1];
  const slow = /^\/slowly\/(\d+)$/.exec(url)?.[1];
  const path = url.replace(/\?.*/, '');
  if (steps !== undefined && steps !== '0')
    response.writeHead(302, { location: `/steps/${Number(steps) - 1}` }).end();
  else if (slow !== undefined && slow !== '0')
    setTimeout(() => response.writeHead(302, { location: `/slowly/${Number(slow) - 1}` }).end(), 700);
  else (paths[path] ?? ((one: ServerResponse) => one.end('fine')))(response, request);
};
/** Where the server listens, without and with TLS. */
export let port = 0;
export let tlsPort = 0;
/** Nobody is given a port below 1024 who does not ask for it. */
export const closed = 1;

/** Answers on one port each, without and with TLS, before and after the tests of a file. */
export function serveHealth(): void {
  const server: Server = createServer(answer);
  const tlsServer = createTlsServer(certificate(), answer);
  const listen = (one: NetServer) =>
    new Promise<number>((resolve) =>
      one.listen(0, '127.0.0.1', () => {
        resolve((one.address() as AddressInfo).port);
      }),
    );
  beforeAll(async () => {
    port = await listen(server);
    tlsPort = await listen(tlsServer);
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(() => {
    for (const one of [server, tlsServer]) {
      one.closeAllConnections();
      one.close();
    }
  });
}
