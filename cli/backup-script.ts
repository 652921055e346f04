import { spawnSync } from 'node:child_process';
import { jobOf } from '../charts/apply/job';
import type { KubernetesPlan } from '../charts/plan';
import { backupFolder, backupName } from '../constructs/components/backup/backup';
import type { DockerSpec, KubernetesSpec } from '../constructs/environment/environment';
import type { DockerPlan } from '../docker/plan';
import { IssuesError } from '../constructs/issue';
import { createApplications, loadStacks } from './project/load';
import { readPins } from './project/lock';
import { planApplication, type Planned } from './plan';

/** The component that a script is run for. */
export interface Backed {
  readonly application: string;
  readonly environment: string;
  readonly component: string;
}

/**
 * Runs the script of a component's backup, where the component runs.
 * @param args `backup`, `list`, or `restore` and what follows it
 * @throws IssuesError where the component has no backup, or a program is not there
 */
export function runScript(backed: Backed, project: string, args: readonly string[]): void {
  const { planned, workload } = chosen(backed, project);
  const { plan, application } = planned;
  const { environment } = application;
  if (plan.target === 'docker' && environment.target === 'docker')
    onEngine(plan, environment, workload, args);
  if (plan.target === 'kubernetes' && environment.target === 'kubernetes')
    inCluster(plan, environment, workload, args);
}

function chosen({ application, environment, component }: Backed, project: string) {
  const pins = readPins(project);
  const [planned] = createApplications(loadStacks(project, application), environment).map((one) =>
    planApplication(one, pins),
  );
  const names = planned ? backedUp(planned) : [];
  const workload = backupName(component);
  if (planned && names.includes(component)) return { planned, workload };
  throw new IssuesError([
    {
      path: `${application} (${environment})`,
      field: 'component',
      got: component,
      write:
        names.length > 0
          ? `one that has a backup: ${names.join(', ')}`
          : 'a backup for it first: there is none',
    },
  ]);
}

/** The names of the components that have a backup. */
function backedUp({ model }: Planned): string[] {
  const names = model.workloads.map(({ name }) => name);
  const scheduled = model.workloads.filter(({ run }) => run === 'scheduled').map(({ name }) => name);
  return names.filter((name) => scheduled.includes(backupName(name)));
}

// The container waits for the next time; compose and Pulumi call it the same.
function onEngine(
  { project }: DockerPlan,
  { host }: DockerSpec,
  workload: string,
  args: readonly string[],
): void {
  const script = ['sh', `${backupFolder}/backup.sh`, ...args];
  run('docker', [...option('--host', host), 'exec', `${project}-${workload}-1`, ...script], 'inherit');
}

// A cluster has no container between two backups: a Job of its own runs the script, beside the same files.
function inCluster(
  plan: KubernetesPlan,
  { context, namespace }: KubernetesSpec,
  workload: string,
  args: readonly string[],
): void {
  const name = `${workload}-${Date.now().toString(36)}`;
  const kubectl = (args: readonly string[], input = '') =>
    run('kubectl', [...option('--context', context), '--namespace', namespace, ...args], 'pipe', input);
  const job = JSON.stringify(jobOf(plan, workload, name, args));
  if (kubectl(['create', '--filename', '-'], job) === undefined) return;
  // The first thing that is true of a Job is how it ended.
  const how = '{.status.conditions[0]';
  kubectl(['wait', `job/${name}`, `--for=jsonpath=${how}.status}=True`, '--timeout=1h']);
  console.log(kubectl(['logs', `job/${name}`, '--container', workload])?.trimEnd());
  const ended = kubectl(['get', `job/${name}`, `--output=jsonpath=${how}.type}`]);
  kubectl(['delete', `job/${name}`, '--wait=false']);
  if (ended !== 'SuccessCriteriaMet' && ended !== 'Complete') process.exitCode = 1;
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

/** Runs a program that tells by itself what is wrong; returns what it prints to us, or nothing where it failed. */
function run(
  program: string,
  args: readonly string[],
  output: 'inherit' | 'pipe',
  input = '',
): string | undefined {
  const { status, stdout, error } = spawnSync(program, args, {
    stdio: ['pipe', output, 'inherit'],
    encoding: 'utf8',
    input,
  });
  if (error)
    throw new IssuesError([
      { path: 'catamaran', field: program, got: error.message, write: `a path with ${program} in it` },
    ]);
  if (status === 0) return stdout;
  process.exitCode = 1;
  return undefined;
}
