import { spawn } from 'node:child_process';

/** What is asked of an engine besides its provider for Pulumi. */
export interface Commands {
  /** Runs Docker's command line there; rejects with what it says where it fails. */
  run(...args: readonly string[]): Promise<string>;
  /** Lets some milliseconds pass. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Docker's command line.
 * @param host the engine's address; the default one where it is undefined
 */
export function commandsAt(host: string | undefined): Commands {
  const run = (...args: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = spawn('docker', host === undefined ? args : ['--host', host, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      // A program's log comes in both, in this order.
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.on('error', reject);
      child.on('close', (status) => {
        if (status === 0) resolve(said);
        else reject(new Error(`docker ${args.join(' ')}: exit code ${String(status)}\n${said}`.trim()));
      });
    });
  return { run, pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };
}
