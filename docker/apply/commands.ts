import { setTimeout as pause } from 'node:timers/promises';
import { notEnded, reasonOf, type Finished, type Runner } from '../../constructs/target/runner';

/** Calls of Docker's command line, for what the Pulumi provider cannot do. */
export interface Commands {
  /** Runs a docker command and returns its standard output. Rejects with both outputs if the command fails. */
  run(...args: readonly string[]): Promise<string>;
  /** The same, but returns both outputs: `docker logs` prints the errors of a container to standard error. */
  runForLog(...args: readonly string[]): Promise<string>;
  /** Waits for a number of milliseconds. */
  pause(milliseconds: number): Promise<void>;
}

/** Docker's command line for one engine. @param host the address of the engine; undefined for the default engine */
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

/** The option that selects the engine; empty for the default engine. */
export function atHost(host: string | undefined): string[] {
  return host === undefined ? [] : ['--host', host];
}

function failure(args: readonly string[], finished: Finished): string {
  const command = `docker ${args.join(' ')}`;
  if (notEnded('', 'docker', finished)) return `${command}: ${reasonOf('docker', finished)}`;
  return `${command}: exit code ${finished.code}\n${finished.output}`.trim();
}
