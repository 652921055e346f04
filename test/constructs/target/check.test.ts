import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkCommand } from '../../../constructs/target/check';
import type { Check } from '../../../constructs/model/health';
import { projectOf } from '../../support/project';

const asked: (string | undefined)[] = [];
const server: Server = createServer((request, response) => {
  asked.push(request.url);
  response.statusCode = request.url === '/broken' ? 503 : request.url === '/missing' ? 404 : 204;
  response.end();
});
let port = 0;
/** Nobody is given a port below 1024 who does not ask for it. */
const closed = 1;

beforeAll(async () => {
  const listen = (one: Server) =>
    new Promise<number>((resolve) =>
      one.listen(0, '127.0.0.1', () => {
        resolve((one.address() as AddressInfo).port);
      }),
    );
  port = await listen(server);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

/** The path of a program on this machine. */
function find(program: string): string | undefined {
  // A shim finds the real program by PATH, which the image of these tests has not.
  if (program === 'node') return process.execPath;
  return ['/usr/bin', '/bin', '/usr/local/bin']
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

/** Runs a check in an image that has sh and the given programs; the exit code. */
function run(check: Check, programs: readonly string[]): Promise<number | null> {
  const path = projectOf({});
  for (const program of programs) symlinkSync(find(program) ?? program, join(path, program));
  const [command = '', ...args] = checkCommand(check, '127.0.0.1');
  return new Promise((resolve) => {
    const shell = find(command) ?? command;
    spawn(shell, args, { env: { PATH: path }, stdio: 'ignore' }).on('close', resolve);
  });
}

const here = (...programs: string[]) => programs.filter((program) => find(program) !== undefined);

describe.each(here('curl', 'wget', 'python3', 'node', 'bash'))('an image that has %s alone', (program) => {
  test('is healthy where its path answers', async () => {
    asked.length = 0;
    expect(await run({ kind: 'http', port, path: '/health/db?deep=1&x=~y' }, [program])).toBe(0);
    expect(asked).toEqual(['/health/db?deep=1&x=~y']);
  });

  test.each(['/broken', '/missing'])('is not healthy where %s answers with an error', async (path) => {
    expect(await run({ kind: 'http', port, path }, [program])).not.toBe(0);
  });

  test('is not healthy where nobody answers', async () => {
    expect(await run({ kind: 'http', port: closed, path: '/' }, [program])).not.toBe(0);
  });
});

describe.each(here('python3', 'node', 'bash', 'nc'))('a connection by %s alone', (program) => {
  test('is a sign of health where it is accepted, and not where it is refused', async () => {
    expect(await run({ kind: 'tcp', port }, [program])).toBe(0);
    expect(await run({ kind: 'tcp', port: closed }, [program])).not.toBe(0);
  });
});

test('an image without any of the programs is not healthy', async () => {
  expect(await run({ kind: 'http', port, path: '/' }, [])).toBe(1);
  expect(await run({ kind: 'tcp', port }, [])).toBe(1);
});

test('a health check by a program runs the program as it is', () => {
  expect(checkCommand({ kind: 'command', command: ['pg_isready', '--quiet'] }, 'database')).toEqual([
    'pg_isready',
    '--quiet',
  ]);
});

test('host, port and path are arguments and never a part of the script', () => {
  const check = (path: string, host: string) => checkCommand({ kind: 'http', port: 80, path }, host);
  expect(check('/a', 'one').slice(0, 4)).toEqual(check('/b?$(id)', 'two').slice(0, 4));
  expect(check('/b', 'two').slice(3)).toEqual(['check', 'two', '80', '/b']);
});
