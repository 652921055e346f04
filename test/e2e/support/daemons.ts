import { spawn } from 'node:child_process';
import { openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { until } from './run';

/** A daemon of the testbed, which nothing else starts again. Never one of the machine that somebody works with. */
export interface Daemon {
  readonly name: string;
  /** Holds its process id. */
  readonly pidFile: string;
  /** Where the testbed's writes, and no other. */
  readonly log: string;
}

export const dockerd: Daemon = {
  name: 'dockerd',
  pidFile: '/var/run/docker.pid',
  log: '/var/log/testbed-dockerd.log',
};

const cluster = join(homedir(), '.cache', 'catamaran-testbed', 'cluster');

export const kubelet: Daemon = {
  name: 'kubelet',
  pidFile: join(cluster, 'pid', 'kubelet'),
  log: join(cluster, 'log', 'kubelet.log'),
};

/**
 * Ends a daemon as the machine would that is told to stop it; returns what starts it again as it was.
 * @throws Error where it is not the testbed's
 */
export async function stopped({ name, pidFile, log }: Daemon): Promise<() => void> {
  const pid = readFileSync(pidFile, 'utf8').trim();
  const of = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').slice(0, -1);
  const [program = '', ...args] = of('cmdline');
  const output = readlinkSync(`/proc/${pid}/fd/1`);
  if (!program.endsWith(name) || output !== log)
    throw new Error(
      `process ${pid} is ${program}, which writes to ${output}, and not the ${name} of the testbed`,
    );
  const env = Object.fromEntries(
    of('environ').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  );
  const cwd = readlinkSync(`/proc/${pid}/cwd`);
  process.kill(Number(pid), 'SIGTERM');
  await until(`the end of ${name}`, 120, () => Promise.resolve(isRunning(pid) ? undefined : true));
  return () => {
    const end = openSync(log, 'a');
    const child = spawn(program, args, { detached: true, cwd, env, stdio: ['ignore', end, end] });
    child.unref();
    // An engine writes its own.
    if (name === 'kubelet') writeFileSync(pidFile, `${child.pid ?? ''}\n`);
  };
}

// One that nobody has asked how it ended is still there, without a command.
function isRunning(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
