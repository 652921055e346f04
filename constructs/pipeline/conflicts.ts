import { examine } from '../compile/compile';
import type { Application } from '../components/application';
import type { Issue } from '../issue';
import { environmentPath, deployedName } from '../model/path';
import type { Claim } from '../target/claims';
import type { Target } from '../target/target';
import { targetFor, type Planned } from './plan';

/** The parts of a planned application that the search for conflicts needs. */
export type Claimant = Pick<Planned, 'model' | 'environment' | 'target'>;

/**
 * What an application in an environment claims, without its plan; undefined if it has mistakes, so that it is not known
 * what it claims.
 */
export function claimantOf(application: Application, targets: readonly Target[]): Claimant | undefined {
  try {
    const target = targetFor(application, targets);
    const { model, issues } = examine(application, target);
    return issues.length > 0 ? undefined : { model, environment: application.environment, target };
  } catch {
    return undefined;
  }
}

/**
 * Finds things that several applications, or several environments of one, use but only one can have: a port of a host, a
 * namespace, or a name. It does not matter what the environments are called: only different hosts or clusters count.
 * @param chosen those to report conflicts of
 * @param others those that the chosen ones must not collide with, apart from each other
 */
export function conflicts(chosen: readonly Claimant[], others: readonly Claimant[] = []): Issue[] {
  const seen = new Map<string, Owned[]>();
  return [...others, ...chosen].flatMap((claimant, index) => {
    const { model, environment, target } = claimant;
    const owner = environmentPath(model.name, environment.name);
    const project = deployedName(model.name, environment.name);
    const claims = [...target.claims(model, environment), projectName(model.name, environment.name)];
    const issues = claims.flatMap((claim) => {
      const own: Owned = { claim, owner, project };
      const before = seen.get(claim.key) ?? [];
      seen.set(claim.key, [...before, own]);
      const first = before.find((other) => collides(other, own));
      return first === undefined ? [] : [issueOf(claim, first)];
    });
    return index < others.length ? [] : issues;
  });
}

interface Owned {
  readonly claim: Claim;
  /** The application and environment, such as `shop (dev)`. */
  readonly owner: string;
  /** The same as one name. */
  readonly project: string;
}

// Two projects of one name have all names in common: then only the name of the project is told.
function collides(one: Owned, other: Owned): boolean {
  if (one.owner === other.owner) return false;
  if (one.project === other.project && one.claim.key !== projectKey(one.project)) return false;
  const [place, another] = [one.claim.place, other.claim.place];
  return place === undefined || another === undefined || place === another;
}

function issueOf({ path, field, got, write, sentence }: Claim, { owner }: Owned): Issue {
  return { path, field, got, write: write(owner), ...(sentence && { sentence: sentence(owner) }) };
}

/**
 * The name of an application together with its environment. The application `a-b` in environment `c` and the
 * application `a` in environment `b-c` have the same name `a-b-c`. The compose project with its data, the Pulumi stack,
 * and the objects of Argo CD and Flux have this name.
 */
function projectName(application: string, environmentName: string): Claim {
  const got = deployedName(application, environmentName);
  const write = 'another name of the application or of the environment';
  return {
    key: projectKey(got),
    place: undefined,
    path: environmentPath(application, environmentName),
    field: 'name',
    got,
    write: () => write,
    sentence: (owner) =>
      `name and environment together are ${JSON.stringify(got)}, like those of ${owner}: write ${write}`,
  };
}

function projectKey(name: string): string {
  return `project ${name}`;
}
