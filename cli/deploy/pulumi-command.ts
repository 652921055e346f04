import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What Pulumi was told to do: `up` stands for all that is neither of the others, as a preview. */
export type PulumiCommand = 'up' | 'destroy' | 'refresh';

/**
 * Tells for which of Pulumi's commands this program runs: `destroy --run-program` and `refresh --run-program` run it
 * too, and make nothing of what it registers. Pulumi tells a program of previews alone, so the command line of the
 * process that started this one is read. Where it cannot be, as on Windows, it is taken for `up`, which waits for
 * everything.
 */
export function pulumiCommand(read: ProcessReader = readProcess, pid = process.ppid): PulumiCommand {
  const found = read(pid);
  if (!found || found.parent === 0) return 'up';
  const [program = '', ...args] = found.args;
  return basename(program) === 'pulumi' ? commandIn(args) : pulumiCommand(read, found.parent);
}

/** Reads a process; undefined where there is none. */
export type ProcessReader = (pid: number) => Process | undefined;

/** A process of this machine. */
export interface Process {
  readonly parent: number;
  /** Its program first. */
  readonly args: readonly string[];
}

/** Pulumi's names for what is not `up`. */
const commands: Readonly<Record<string, PulumiCommand>> = {
  destroy: 'destroy',
  down: 'destroy',
  dn: 'destroy',
  refresh: 'refresh',
};

/** Flags that may come before the command and take no value. Any other takes the word after it, as Pulumi reads them. */
const switches: readonly string[] = [
  '--disable-integrity-checking',
  '--emoji',
  '-e',
  '--fully-qualify-stack-names',
  '-Q',
  '--logflow',
  '--logtostderr',
  '--non-interactive',
];

function commandIn([first = '', ...rest]: readonly string[]): PulumiCommand {
  if (!first.startsWith('-')) return commands[first] ?? 'up';
  const isWhole = first.includes('=') || /^-[^-]./.test(first) || switches.includes(first);
  return commandIn(isWhole ? rest : rest.slice(1));
}

function readProcess(pid: number): Process | undefined {
  try {
    // The name before the last parenthesis may hold any character.
    const [, , parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '_').split(' ');
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return { parent: Number(parent), args };
  } catch {
    return askPs(pid);
  }
}

// macOS has no /proc.
function askPs(pid: number): Process | undefined {
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', 'ppid=', '-o', 'args=', '-p', String(pid)], {
    encoding: 'utf8',
    env: process.env,
  });
  if (status !== 0) return undefined;
  const [parent = '', ...args] = stdout.trim().split(/ +/);
  return { parent: Number(parent), args };
}
