import { spawn } from 'node:child_process';
import { openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { until } from './run';

/** A daemon of the testbed, which nothing else starts again. Never one of the machine that somebody works with. */
export interface Daemon {
  readonly name: string;
  /** Holds its process id: written by the testbed, which finds it there when it stops the daemon. */
  readonly pidFile: string;
  /** Where the testbed's writes, and no other. */
  readonly log: string;
}

const state = join(homedir(), '.cache', 'catamaran-testbed');

export const dockerd: Daemon = {
  name: 'dockerd',
  pidFile: join(state, 'engine', 'pid'),
  log: '/var/log/testbed-dockerd.log',
};

export const kubelet: Daemon = {
  name: 'kubelet',
  pidFile: join(state, 'cluster', 'pid', 'kubelet'),
  log: join(state, 'cluster', 'log', 'kubelet.log'),
};

/** Whether a daemon is the testbed's, which tests may end: it runs, and writes to that log. */
export function isOfTestbed({ name, pidFile, log }: Daemon): boolean {
  try {
    const pid = pidIn(pidFile);
    const [program = ''] = textsOf(pid, 'cmdline');
    // The newer of the two engines has its version behind its name.
    return basename(program).startsWith(name) && readlinkSync(`/proc/${pid}/fd/1`) === log;
  } catch {
    return false;
  }
}

/**
 * Ends a daemon as the machine would that is told to stop it; returns what starts it again as it was.
 * @throws Error where it is not the testbed's
 */
export async function stopped(daemon: Daemon): Promise<() => void> {
  const { name, pidFile, log } = daemon;
  const pid = pidIn(pidFile);
  if (!isOfTestbed(daemon)) throw new Error(`process ${pid} is not the ${name} that writes to ${log}`);
  const [program = '', ...args] = textsOf(pid, 'cmdline');
  const env = Object.fromEntries(
    textsOf(pid, 'environ').map((text) => [
      text.slice(0, text.indexOf('=')),
      text.slice(text.indexOf('=') + 1),
    ]),
  );
  process.kill(Number(pid), 'SIGTERM');
  await until(`the end of ${name}`, 120, () => Promise.resolve(isRunning(pid) ? undefined : true));
  return () => {
    const end = openSync(log, 'a');
    // Not in the folder that it was first started in: where that is gone, no program starts.
    const child = spawn(program, args, { detached: true, cwd: '/', env, stdio: ['ignore', end, end] });
    child.unref();
    writeFileSync(pidFile, `${child.pid ?? ''}\n`);
  };
}

const pidIn = (file: string) => readFileSync(file, 'utf8').trim();

/** What a process was started with. */
function textsOf(pid: string, file: 'cmdline' | 'environ'): string[] {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').slice(0, -1);
}

// One that nobody has asked how it ended is still there, without a command.
function isRunning(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
