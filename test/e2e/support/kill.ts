import { spawn } from 'node:child_process';
import { pause, run, type RunOptions } from './run';

/**
 * Starts a program, and kills it with all that it has started as soon as something is seen, which must happen: it
 * is seen again when the program stands still, so that nothing has come between.
 */
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
  while (child.exitCode === null && child.pid !== undefined) {
    if (await seen()) {
      const stopped = await stopTree(child.pid);
      const still = await seen();
      for (const pid of stopped) signal(pid, still ? 'SIGKILL' : 'SIGCONT');
      if (still) {
        await ended;
        return;
      }
    }
    await pause(50);
  }
  throw new Error(`${program} ${args.join(' ')} ended before it was to be killed:\n${output}`);
}

// Plugins are in process groups of their own. Who is stopped starts nobody else meanwhile.
async function stopTree(root: number): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (let known = -1; known < found.size;) {
    known = found.size;
    for (const pid of await descendants(root)) {
      found.add(pid);
      signal(pid, 'SIGSTOP');
    }
  }
  return found;
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

function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
