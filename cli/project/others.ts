import type { Application } from '../../constructs/components/application';
import { environmentPath } from '../../constructs/model/path';
import { claimantOf, type Claimant } from '../../constructs/pipeline/conflicts';
import type { Target } from '../../constructs/target/target';
import { yellow } from '../style';
import { createApplications, loadStacks, stackNames } from './load';

/** What the other applications of a project claim, as far as it can be seen. */
export interface Others {
  readonly claimants: readonly Claimant[];
  /** The stacks and environments that cannot be compared, because they have mistakes: `stacks/blog`, `shop (test)`. */
  readonly unseen: readonly string[];
}

/**
 * Looks at all applications in all environments that a command was not asked for, so that it can tell what they share
 * with the chosen ones. A mistake in them stops nothing.
 */
export function othersThan(
  chosen: readonly Application[],
  project: string,
  targets: readonly Target[],
): Others {
  const paths = chosen.map(pathOf);
  const stacks = stackNames(project).map((name) => ({ name, applications: allOf(project, name) }));
  const unread = stacks.filter(({ applications }) => applications === undefined);
  const others = stacks
    .flatMap(({ applications }) => applications ?? [])
    .filter((application) => !paths.includes(pathOf(application)));
  const { claimants, unseen } = claimantsOf(others, targets);
  return { claimants, unseen: [...unread.map(({ name }) => `stacks/${name}`), ...unseen] };
}

/** What applications claim, as far as it can be seen. */
export function claimantsOf(applications: readonly Application[], targets: readonly Target[]): Others {
  const all = applications.map((application) => ({
    path: pathOf(application),
    claimant: claimantOf(application, targets),
  }));
  return {
    claimants: all.flatMap(({ claimant }) => claimant ?? []),
    unseen: all.filter(({ claimant }) => claimant === undefined).map(({ path }) => path),
  };
}

/** Without others, if a command was asked for everything. */
export const noOthers: Others = { claimants: [], unseen: [] };

/** Prints what was not compared. */
export function reportUnseen({ unseen }: Others): void {
  if (unseen.length > 0) console.error(yellow(unseenText(unseen)));
}

/** Says what was not compared. */
export function unseenText(unseen: readonly string[]): string {
  const names = unseen.join(', ');
  return (
    `${names} cannot be read, so it is not known whether a namespace, a port or a name is used there as well: ` +
    'run catamaran synth to see why'
  );
}

function pathOf({ name, environment }: Application): string {
  return environmentPath(name, environment.name);
}

function allOf(project: string, name: string): Application[] | undefined {
  try {
    return createApplications(loadStacks(project, name));
  } catch {
    return undefined;
  }
}
