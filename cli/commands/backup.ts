import { backupName, backupProgram } from '../../constructs/components/backup/backup';
import { IssuesError } from '../../constructs/issue';
import { planApplication, type Planned } from '../../constructs/pipeline/plan';
import { runProgram } from '../../constructs/target/runner';
import type { Arguments } from '../arguments';
import { createApplications, loadStacks } from '../project/load';
import { readPins } from '../project/lock';
import { targets } from '../targets';

/** Backs a component up at once, as its schedule does. */
export async function backup(given: Arguments): Promise<void> {
  await runScript('backup', given, ['backup']);
}

/** Puts a backup back, or lists those that are there. Data are overwritten with `--yes` alone. */
export async function restore(given: Arguments): Promise<void> {
  const { from, list, yes } = given;
  await runScript('restore', given, list ? ['list'] : ['restore', from, ...(yes ? ['--overwrite'] : [])]);
}

async function runScript(command: string, given: Arguments, args: readonly string[]): Promise<void> {
  const { planned, workload } = chosen(command, given);
  const { environment, target, plan } = planned;
  const job = { workload, program: backupProgram, args };
  if (!(await target.runNow(plan, environment, job, runProgram))) process.exitCode = 1;
}

function chosen(command: string, { application, environment, component }: Arguments) {
  const write = `catamaran ${command} <application> --environment <name> --component <name>`;
  for (const [field, got] of Object.entries({ application, environment, component }))
    if (got === undefined) throw new IssuesError([{ path: `catamaran ${command}`, field, got, write }]);
  const project = process.cwd();
  const pins = readPins(project);
  const [planned] = createApplications(loadStacks(project, application), environment).map((one) =>
    planApplication(one, targets, pins),
  );
  const names = planned ? backedUp(planned) : [];
  const workload = backupName(component ?? '');
  if (planned && component !== undefined && names.includes(component)) return { planned, workload };
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
