import type { DockerSpec } from '../../constructs/environment/docker';
import { IssuesError } from '../../constructs/issue';
import { failed, type Runner } from '../../constructs/target/runner';
import type { JobRun } from '../../constructs/target/target';
import type { DockerPlan } from '../plan';
import { atHost } from './commands';

/**
 * Runs the program of a scheduled workload in the container of its scheduler, which always runs. The container has the
 * same name with compose and with Pulumi.
 */
export async function runInContainer(
  { project }: DockerPlan,
  { host }: DockerSpec,
  { path, workload, program, args }: JobRun,
  run: Runner,
): Promise<void> {
  const exec = [...atHost(host), 'exec', `${project}-${workload}-1`, ...program, ...args];
  const finished = await run('docker', exec, { shows: 'everything' });
  if (finished.code !== 0) throw new IssuesError([failed(path, 'docker', exec, finished)]);
}
