import { backupName, backupProgram } from '../constructs/components/backup/backup';
import { IssuesError } from '../constructs/issue';
import { environmentPath } from '../constructs/model/path';
import { planApplication, type Planned } from '../constructs/pipeline/plan';
import type { Context } from './command';
import { createApplications, loadStacks } from './project/load';
import { readPins } from './project/lock';

/** The component that a script is run for. */
export interface BackedUp {
  readonly application: string;
  readonly environment: string;
  readonly component: string;
}

/**
 * Runs the script of a component's backup, where the component runs. The exit code tells whether it succeeded.
 * @param args `backup`, `list`, or `restore` and what follows it
 * @throws IssuesError where the component has no backup, or a program is not there
 */
export async function runScript(
  backedUp: BackedUp,
  context: Context,
  args: readonly string[],
): Promise<void> {
  const { target, plan, environment } = plannedFor(backedUp, context);
  const job = { workload: backupName(backedUp.component), program: backupProgram, args };
  if (!(await target.runNow(plan, environment, job, context.run))) process.exitCode = 1;
}

function plannedFor(
  { application, environment, component }: BackedUp,
  { project, targets }: Context,
): Planned {
  const pins = readPins(project);
  const [planned] = createApplications(loadStacks(project, application), environment).map((one) =>
    planApplication(one, targets, pins),
  );
  const names = planned ? componentsWithBackup(planned) : [];
  if (planned && names.includes(component)) return planned;
  const write =
    names.length > 0 ? `one that has a backup: ${names.join(', ')}` : 'a backup for it first: there is none';
  const path = environmentPath(application, environment);
  throw new IssuesError([{ path, field: 'component', got: component, write }]);
}

function componentsWithBackup({ model }: Planned): string[] {
  const names = model.workloads.map(({ name }) => name);
  const scheduled = model.workloads.filter(({ run }) => run === 'scheduled').map(({ name }) => name);
  return names.filter((name) => scheduled.includes(backupName(name)));
}
