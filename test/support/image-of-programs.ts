import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommand } from '../../constructs/target/check/command';
import type { Check } from '../../constructs/model/health';
import { Duration } from '../../constructs/values/units';
import { projectOf } from './project';

/** The path of a program on this machine. */
export function find(program: string): string | undefined {
  // A shim finds the real program by PATH, which the image of these tests has not.
  if (program === 'node') return process.execPath;
  return ['/usr/bin', '/bin', '/usr/local/bin']
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

/** What an image has: names of programs, and the programs of this machine that they are. */
export type Image = Readonly<Record<string, string>>;

/** Programs that each Debian image has beside what asks. */
export const tools = ['sh', 'timeout', 'date', 'sleep', 'true'];

export const imageOf = (programs: readonly string[]): Image =>
  Object.fromEntries(programs.map((program) => [program, find(program) ?? program]));

export interface Said {
  readonly code: number | null;
  readonly text: string;
  readonly milliseconds: number;
}

/** Runs a check in an image. */
export function run(check: Check, image: Image, seconds = 3): Promise<Said> {
  const path = projectOf({});
  for (const [name, program] of Object.entries(image)) symlinkSync(program, join(path, name));
  const [command = '', ...args] = checkCommand(check, '127.0.0.1', Duration.seconds(seconds));
  const begin = performance.now();
  let text = '';
  return new Promise((resolve) => {
    const shell = image[command] === undefined ? (find(command) ?? command) : join(path, command);
    // A proxy of the container is not for its health check.
    const env = { PATH: path, http_proxy: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' };
    const child = spawn(shell, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
    child.on('close', (code) => {
      resolve({ code, text, milliseconds: performance.now() - begin });
    });
  });
}

/** The programs of a list that this machine has. */
export const here = (...programs: string[]) => programs.filter((program) => find(program) !== undefined);
