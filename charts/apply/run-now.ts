import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { IssuesError, type Issue } from '../../constructs/issue';
import { failed, type Runner, type RunOptions } from '../../constructs/target/runner';
import type { JobRun } from '../../constructs/target/target';
import type { KubernetesPlan } from '../plan';
import { jobOf } from './job';
import { kubectlAt } from './kubectl';

/** The conditions of a Job that succeeded. Kubernetes sets SuccessCriteriaMet first, and Complete after all pods have ended. */
const succeeded = ['SuccessCriteriaMet', 'Complete'];

/**
 * Runs a scheduled workload now, in a new Job, because a cluster has no container for it between two runs.
 * @throws IssuesError if the Job cannot be made or read, or fails
 */
export async function runAsJob(
  plan: KubernetesPlan,
  environment: KubernetesSpec,
  { path, workload, args }: JobRun,
  run: Runner,
): Promise<void> {
  const name = `${workload}-${Date.now().toString(36)}`;
  const kubectl = (words: readonly string[], options: RunOptions = {}) =>
    kubectlAt(environment, run, { shows: 'errors', ...options })(...words);
  const succeeds = async (words: readonly string[], options?: RunOptions): Promise<string> => {
    const finished = await kubectl(words, options);
    if (finished.code === 0) return finished.stdout;
    throw new IssuesError([failed(path, 'kubectl', words, finished)]);
  };
  const input = JSON.stringify(jobOf(plan, workload, name, args));
  await succeeds(['create', '--filename', '-'], { input });
  // The first condition of a Job says whether it succeeded or failed.
  const end = '{.status.conditions[0]';
  await kubectl(['wait', `job/${name}`, `--for=jsonpath=${end}.status}=True`, '--timeout=1h']);
  await kubectl(['logs', `job/${name}`, '--container', workload], { shows: 'everything' });
  const ended = await succeeds(['get', `job/${name}`, `--output=jsonpath=${end}.type}`]);
  await kubectl(['delete', `job/${name}`, '--wait=false']);
  if (!succeeded.includes(ended)) throw new IssuesError([jobIssue(path, name, ended)]);
}

function jobIssue(path: string, name: string, ended: string): Issue {
  const got = ended === '' ? 'did not end within an hour' : `failed (${ended})`;
  const write = 'correct the error that it has printed above';
  return { path, field: 'Job', got, write, sentence: `Job ${name} ${got}: ${write}` };
}
