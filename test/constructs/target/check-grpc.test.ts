import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkCommand, grpcProbeCommand } from '../../../constructs/target/check/command';
import { Duration } from '../../../constructs/values/units';
import { here, imageOf, run, tools } from '../../support/image-of-programs';
import { projectOf } from '../../support/project';

/** What is asked of the server: the path, and the bytes of the body. */
const asked: { readonly path: string | undefined; readonly body: number[] }[] = [];
const state: Readonly<Record<string, readonly number[]>> = {
  '': [8, 1],
  'shop.Orders': [8, 1],
  'shop.Stopped': [8, 2],
  'shop.Unknown': [],
};

// A gRPC server that answers health checks, and no others.
const server: Http2Server = createServer();
server.on('stream', (stream, headers) => {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.on('end', () => {
    const body = Buffer.concat(parts);
    asked.push({ path: headers[':path'], body: [...body] });
    const service = body.subarray(7).toString();
    const message = state[service];
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => {
      stream.sendTrailers({ 'grpc-status': message ? '0' : '5' });
    });
    stream.end(message && Buffer.from([0, 0, 0, 0, message.length, ...message]));
  });
});
let port = 0;

beforeAll(
  () =>
    new Promise<void>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        port = (server.address() as AddressInfo).port;
        resolve();
      }),
    ),
);

afterAll(() => {
  server.close();
});

const grpc = (service: string) => ({ kind: 'grpc', port, service }) as const;

describe.each(here('curl'))('an image with a %s that speaks HTTP/2', (program) => {
  const image = imageOf([program, ...tools]);

  test.each([
    ['', true],
    ['shop.Orders', true],
    ['shop.Stopped', false],
    ['shop.Unknown', false],
    ['shop.Nobody', false],
  ])('says of the service "%s" what the server says: %s', async (service, healthy) => {
    expect((await run(grpc(service), image)).code === 0).toBe(healthy);
  });

  test('asks as a gRPC client does', async () => {
    asked.length = 0;
    await run(grpc('a.B1'), image);
    await run(grpc(''), image);
    const path = '/grpc.health.v1.Health/Check';
    expect(asked).toEqual([
      { path, body: [0, 0, 0, 0, 6, 10, 4, ...Buffer.from('a.B1')] },
      { path, body: [0, 0, 0, 0, 0] },
    ]);
  });

  test('is not healthy where nobody answers', async () => {
    expect((await run({ ...grpc('shop'), port: 1 }, image)).code).toBe(1);
  });
});

test('an image with grpc_health_probe asks with that', async () => {
  const probe = join(projectOf({}), 'probe');
  writeFileSync(probe, '#!/bin/sh\necho "$@"\n');
  chmodSync(probe, 0o755);
  const options = `-addr=127.0.0.1:${port} -service=shop.Orders -connect-timeout=3s -rpc-timeout=3s`;
  expect(await run(grpc('shop.Orders'), { ...imageOf(tools), grpc_health_probe: probe })).toMatchObject({
    code: 0,
    text: `${options}\n`,
  });
  expect(grpcProbeCommand(grpc('shop.Orders'), Duration.seconds(3)).join(' ')).toBe(
    `grpc_health_probe ${options}`,
  );
});

test('an image with neither says what it needs', async () => {
  expect(await run(grpc(''), imageOf(tools))).toMatchObject({
    code: 1,
    text:
      'a gRPC check needs grpc_health_probe in the image, or a curl that speaks HTTP/2: add one, or write health: ' +
      'Health.command([...])\n',
  });
});

test('the name of a service of more than 127 bytes has its length in two', () => {
  const [frame = ''] = checkCommand(grpc('x'.repeat(200)), 'a', Duration.seconds(1)).slice(-1);
  // 203 bytes: the field, the length 200 in two bytes, and the name.
  expect(frame).toBe(String.raw`\0000\0000\0000\0000\0313\0012\0310\0001` + 'x'.repeat(200));
});
