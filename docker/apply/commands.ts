import { setTimeout as pause } from 'node:timers/promises';
import { notRun, type Finished, type Runner } from '../../constructs/target/runner';

/** What an engine is asked besides what its Pulumi provider does. */
export interface Commands {
  /** Runs Docker's command line, for its answer without its warnings; rejects with all it prints where it fails. */
  run(...args: readonly string[]): Promise<string>;
  /** The same, for all that it prints: a program's log comes as its output and its errors. */
  runForLog(...args: readonly string[]): Promise<string>;
  /** Lets some milliseconds pass. */
  pause(milliseconds: number): Promise<void>;
}

/** Docker's command line on an engine. @param host the engine's address; undefined for the default one */
export function commandsAt(host: string | undefined, run: Runner): Commands {
  const docker = async (args: readonly string[]): Promise<Finished> => {
    const all = [...atHost(host), ...args];
    const finished = await run('docker', all);
    if (finished.code !== 0) throw new Error(failure(all, finished));
    return finished;
  };
  return {
    run: async (...args) => (await docker(args)).stdout,
    runForLog: async (...args) => (await docker(args)).output,
    pause: async (milliseconds) => {
      await pause(milliseconds);
    },
  };
}

/** The option that names the engine; nothing for the default one. */
export function atHost(host: string | undefined): string[] {
  return host === undefined ? [] : ['--host', host];
}

function failure(args: readonly string[], { code, output }: Finished): string {
  const how = code === notRun ? '' : ` exit code ${code}\n`;
  return `docker ${args.join(' ')}:${how}${code === notRun ? ` ${output}` : output}`.trim();
}
