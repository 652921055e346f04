import type { ApplicationModel } from '../../../constructs/model/workload';
import type { Note } from '../../../constructs/target/lowering';
import { run } from './run';

/** What the program of a stack says of an application in one environment, now. */
export interface Described {
  readonly model: ApplicationModel;
  readonly notes: readonly Note[];
}

/** An application in a folder of its own, and one of its environments. */
export interface Whereabouts {
  readonly folder: string;
  readonly application: string;
  readonly environment: string;
}

// In a process of its own, as the source may have changed; by the copy of the library that the folder has.
const program = `
const { dirname, join } = require('node:path');
const [folder, name, environment] = process.argv.slice(1);
const library = dirname(require.resolve('catamaran/testing', { paths: [folder] }));
const { createApplications, loadStacks } = require(join(library, 'project/load.js'));
const { planApplication } = require(join(library, '../constructs/pipeline/plan.js'));
const { readPins } = require(join(library, 'project/lock.js'));
const { targets } = require(join(library, 'targets.js'));
const [application] = createApplications(loadStacks(folder, name), environment);
const { model, notes } = planApplication(application, targets, readPins(folder));
process.stdout.write(JSON.stringify({ model, notes }));
`;

/** Compiles the stack as it is in the folder. */
export async function described({ folder, application, environment }: Whereabouts): Promise<Described> {
  const args = ['-e', program, '--', folder, application, environment];
  return JSON.parse(await run(process.execPath, args, { cwd: folder })) as Described;
}
