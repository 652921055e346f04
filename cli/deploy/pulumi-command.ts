import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Runner } from '../../constructs/target/runner';

/** The command of Pulumi that runs this program. `up` also stands for all other commands, such as `preview`. */
export type PulumiCommand = 'up' | 'destroy' | 'refresh';

/**
 * Finds out which command of Pulumi runs this program. `destroy --run-program` and `refresh --run-program` run it too, but
 * create nothing. Pulumi only tells a program whether it is a preview, so this reads the command line of the parent
 * processes. If the command line cannot be read, as on Windows, the result is `up`.
 */
export async function pulumiCommand(run: Runner, pid = process.ppid): Promise<PulumiCommand> {
  const found = readProcess(pid) ?? (await askPs(pid, run));
  if (!found || found.parent === 0) return 'up';
  const [program = '', ...args] = found.args;
  return basename(program) === 'pulumi' ? commandIn(args) : pulumiCommand(run, found.parent);
}

/** A process on this machine. */
interface Process {
  /** The process id of the parent. */
  readonly parent: number;
  /** The command line. The first item is the program. */
  readonly args: readonly string[];
}

/** Pulumi's commands that are not treated as `up`, with their short names. */
const commands: Readonly<Record<string, PulumiCommand>> = {
  destroy: 'destroy',
  down: 'destroy',
  dn: 'destroy',
  refresh: 'refresh',
};

/** Global flags of Pulumi without a value. After any other flag, the next word is its value. */
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
    // The process name is in parentheses and may contain any character, so all up to the last parenthesis is removed.
    const [, , parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '_').split(' ');
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return { parent: Number(parent), args };
  } catch {
    return undefined;
  }
}

// macOS has no /proc.
async function askPs(pid: number, run: Runner): Promise<Process | undefined> {
  const { code, stdout } = await run('ps', ['-ww', '-o', 'ppid=', '-o', 'args=', '-p', String(pid)]);
  if (code !== 0) return undefined;
  const [parent = '', ...args] = stdout.trim().split(/ +/);
  return { parent: Number(parent), args };
}
