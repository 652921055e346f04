import { targets } from '../../cli/targets';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IssuesError, type Application, type Issue, type Stack } from 'catamaran';
import { createApplications } from '../../cli/project/load';
import { planApplication, writtenFiles, type Planned } from '../../constructs/pipeline/plan';
import { build } from './build';
import type { Description } from './description';
import { placeOf } from './place';
import { present } from '../support/application';

/** The folder of every random application: with a Dockerfile in it, and in its folder `api`. */
export const folder = mkdtempSync(join(tmpdir(), 'catamaran-random-'));
mkdirSync(join(folder, 'api'));
for (const file of ['Dockerfile', 'api/Dockerfile']) writeFileSync(join(folder, file), 'FROM scratch\n');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A plan, and the files that are written of it. */
export interface Written {
  readonly kind: 'planned';
  readonly planned: Planned;
  readonly files: Readonly<Record<string, string>>;
}

/** What becomes of an application: a plan, or what is wrong with it. */
export type Outcome =
  Written | { readonly kind: 'refused'; readonly issues: readonly Issue[]; readonly message: string };

/** Plans and writes an application. Anything that is thrown and is no issue goes on. */
export function outcomeOf(description: Description): Outcome {
  try {
    const planned = planApplication(created(description), targets, new Map());
    return { kind: 'planned', planned, files: writtenFiles(planned, '../../../stacks/shop') };
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    return { kind: 'refused', issues: error.issues, message: error.message };
  }
}

/** The application, as the command makes it: with what its constructors throw told as issues. */
function created(description: Description): Application {
  const { environment, place } = description;
  const stack: Stack = {
    environments: { [environment]: { ...placeOf(place), name: environment } },
    create: (one) => build(description, one, folder),
  };
  return present(createApplications([{ name: description.name, stack }])[0]);
}

/** The plan of an application that nothing is wrong with. */
export function plannedOf(description: Description): Written {
  const outcome = outcomeOf(description);
  if (outcome.kind === 'refused') throw new Error(`refused:\n${outcome.message}`);
  return outcome;
}
