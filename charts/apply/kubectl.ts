import { spawn } from 'node:child_process';

/** What a run of kubectl left behind. */
export interface KubectlRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl on the cluster and in the namespace of a deployment. */
export type Kubectl = (...args: readonly string[]) => Promise<KubectlRun>;

/**
 * kubectl's command line.
 * @param context of the kubeconfig; the current one where it is undefined
 */
export function kubectlAt(context: string | undefined, namespace: string): Kubectl {
  const place = [...(context === undefined ? [] : ['--context', context]), '--namespace', namespace];
  return (...args) =>
    new Promise((resolve) => {
      const child = spawn('kubectl', [...place, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { stdout: '', stderr: '' };
      child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
      child.on('error', ({ message }) => {
        resolve({ code: -1, stdout: '', stderr: message });
      });
      child.on('close', (code) => {
        resolve({ code: code ?? -1, ...said });
      });
    });
}
