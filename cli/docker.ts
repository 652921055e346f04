import { spawn } from 'node:child_process';

/** What a run of Docker's command line left behind. */
export interface DockerRun {
  /** Undefined where it could not be started or was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Docker's command line; what it says of its progress is shown as it comes. */
export function runDocker(args: readonly string[]): Promise<DockerRun> {
  return new Promise((resolve) => {
    const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'pipe'], env: process.env });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text;
      process.stderr.write(text);
    });
    child.on('error', ({ message }) => {
      resolve({ status: null, stdout: '', stderr: message });
    });
    child.on('close', (status) => {
      resolve({ status, ...said });
    });
  });
}
