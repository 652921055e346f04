import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { requireStarted, type Runner, type RunOptions } from '../../constructs/target/runner';
import type { JobRun } from '../../constructs/target/target';
import type { KubernetesPlan } from '../plan';
import { jobOf } from './job';
import { kubectlAt } from './kubectl';

/** The conditions of a Job that succeeded. Kubernetes sets SuccessCriteriaMet first, and Complete after all pods have ended. */
const succeeded = ['SuccessCriteriaMet', 'Complete'];

/** Runs a scheduled workload now, in a new Job, because a cluster has no container for it between two runs. */
export async function runAsJob(
  plan: KubernetesPlan,
  environment: KubernetesSpec,
  { workload, args }: JobRun,
  run: Runner,
): Promise<boolean> {
  const name = `${workload}-${Date.now().toString(36)}`;
  const kubectl = async (words: readonly string[], options: RunOptions = {}) =>
    requireStarted('kubectl', await kubectlAt(environment, run, { shows: 'errors', ...options })(...words));
  const input = JSON.stringify(jobOf(plan, workload, name, args));
  if ((await kubectl(['create', '--filename', '-'], { input })).code !== 0) return false;
  // The first condition of a Job says whether it succeeded or failed.
  const end = '{.status.conditions[0]';
  await kubectl(['wait', `job/${name}`, `--for=jsonpath=${end}.status}=True`, '--timeout=1h']);
  await kubectl(['logs', `job/${name}`, '--container', workload], { shows: 'everything' });
  const { stdout: ended } = await kubectl(['get', `job/${name}`, `--output=jsonpath=${end}.type}`]);
  await kubectl(['delete', `job/${name}`, '--wait=false']);
  return succeeded.includes(ended);
}
