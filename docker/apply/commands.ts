import { spawn } from 'node:child_process';

/** What is asked of an engine besides its provider for Pulumi. */
export interface Commands {
  /** Runs Docker's command line there, for its answer without its warnings; rejects with all it says where it fails. */
  run(...args: readonly string[]): Promise<string>;
  /** Likewise, for all it says: a program's log comes as its output and its errors. */
  runForLog(...args: readonly string[]): Promise<string>;
  /** Lets some milliseconds pass. */
  pause(milliseconds: number): Promise<void>;
}

/**
 * Docker's command line.
 * @param host the engine's address; the default one where it is undefined
 */
export function commandsAt(host: string | undefined): Commands {
  const docker = (args: readonly string[]) => said(host === undefined ? args : ['--host', host, ...args]);
  return {
    run: async (...args) => (await docker(args)).answer,
    runForLog: async (...args) => (await docker(args)).all,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

interface Said {
  /** On its standard output. */
  readonly answer: string;
  /** On its standard error as well, in the order in which it came. */
  readonly all: string;
}

function said(args: readonly string[]): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'pipe'], env: process.env });
    const text = { answer: '', all: '' };
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text.answer += part;
      text.all += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => (text.all += part));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(text);
      else reject(new Error(`docker ${args.join(' ')}: exit code ${String(status)}\n${text.all}`.trim()));
    });
  });
}
