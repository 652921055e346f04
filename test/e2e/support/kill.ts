import { spawn } from 'node:child_process';
import { pause, run, type RunOptions } from './run';

/** Starts a program, and kills it with all that it has started as soon as something is seen, which must happen. */
export async function killWhen(
  seen: () => Promise<boolean>,
  program: string,
  args: readonly string[],
  { cwd, env = {} }: RunOptions,
): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    while (!(await seen())) {
      if (child.exitCode !== null)
        throw new Error(`${program} ${args.join(' ')} ended before it was to be killed:\n${output}`);
      await pause(50);
    }
  } finally {
    if (child.exitCode === null) await killTree(child.pid);
  }
  await ended;
}

// Plugins are in process groups of their own. Who is stopped starts nobody else meanwhile.
async function killTree(root: number | undefined): Promise<void> {
  if (root === undefined) throw new Error('the program did not start');
  const found = new Set<number>();
  for (let known = -1; known < found.size;) {
    known = found.size;
    for (const pid of await descendants(root)) {
      found.add(pid);
      signal(pid, 'SIGSTOP');
    }
  }
  for (const pid of found) signal(pid, 'SIGKILL');
}

async function descendants(root: number): Promise<number[]> {
  const table = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const processes = [...table.matchAll(/(\d+)\s+(\d+)/g)].map(([, pid, parent]) => [
    Number(pid),
    Number(parent),
  ]);
  const found = [root];
  // Those that are found are gone through as well.
  for (const one of found) for (const [pid = 0, parent] of processes) if (parent === one) found.push(pid);
  return found;
}

function signal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
