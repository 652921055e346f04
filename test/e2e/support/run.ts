import { spawn } from 'node:child_process';

/** Where and how a program runs. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to the variables of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Seconds after which it is killed. */
  readonly timeout?: number;
  /** Kills it. */
  readonly signal?: AbortSignal;
}

/** What a program left behind. */
export interface Ended {
  /** Its exit code; -1 where it was killed or could not start. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, whatever that is. */
export function attempt(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env = {}, input = '', timeout = 280, signal } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout: timeout * 1000,
      signal,
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.on('error', ({ message }) => {
      resolve({ code: -1, ...output, stderr: message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? -1, ...output });
    });
    // A program that ends before it has read everything is no error of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Runs a program that must succeed; returns what it prints. */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await attempt(program, args, options);
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${stderr}\n${stdout}`.trim());
  return stdout;
}

/** Asks again until the answer is there. */
export async function until<Answer>(
  what: string,
  seconds: number,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await pause(500);
  }
}

/** Waits for some milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
