import { backupName, backupProgram } from '../constructs/components/backup/backup';
import { IssuesError } from '../constructs/issue';
import { componentPath, environmentPath } from '../constructs/model/path';
import { planApplication, type Planned } from '../constructs/pipeline/plan';
import type { CommandContext } from './command';
import { createApplications, loadStacks } from './project/load';
import { readPins } from './project/lock';

/** The component whose backup script runs. */
export interface BackedUp {
  readonly application: string;
  readonly environment: string;
  readonly component: string;
}

/**
 * Runs the backup script of a component in the environment.
 * @param args the arguments of the script: `backup`, `list`, or `restore` with its own arguments
 * @throws IssuesError if the component has no backup, or the script, docker or kubectl fails
 */
export async function runScript(
  backedUp: BackedUp,
  context: CommandContext,
  args: readonly string[],
): Promise<void> {
  const { target, plan, environment } = plannedFor(backedUp, context);
  const path = componentPath(backedUp.application, backedUp.component);
  const job = { path, workload: backupName(backedUp.component), program: backupProgram, args };
  await target.runNow(plan, environment, job, context.run);
}

function plannedFor(
  { application, environment, component }: BackedUp,
  { project, targets }: CommandContext,
): Planned {
  const pins = readPins(project);
  const [planned] = createApplications(loadStacks(project, application), environment).map((one) =>
    planApplication(one, targets, pins),
  );
  const names = planned ? componentsWithBackup(planned) : [];
  if (planned && names.includes(component)) return planned;
  const path = environmentPath(application, environment);
  const issue = { path, field: 'component', got: component };
  if (names.length > 0)
    throw new IssuesError([{ ...issue, write: `a component that has a backup: ${names.join(', ')}` }]);
  const write = 'a backup into the props of the component first';
  const sentence = `component is ${JSON.stringify(component)}, but no component has a backup: write ${write}`;
  throw new IssuesError([{ ...issue, write, sentence }]);
}

function componentsWithBackup({ model }: Planned): string[] {
  const names = model.workloads.map(({ name }) => name);
  const scheduled = model.workloads.filter(({ run }) => run === 'scheduled').map(({ name }) => name);
  return names.filter((name) => scheduled.includes(backupName(name)));
}
