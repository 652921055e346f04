import type { Issue } from '../issue';
import { environmentPath } from '../model/path';
import type { Claim } from '../target/claims';
import type { Planned } from './plan';

/** What the search for conflicts needs of a planned application. */
type Claimant = Pick<Planned, 'model' | 'environment' | 'target'>;

/**
 * Finds what several applications want for themselves and only one can have: ports of a host, namespaces, names.
 * Environments share a host or cluster where they have the same name and the same engine or context.
 */
export function conflicts(planned: readonly Claimant[]): Issue[] {
  const claims = planned.flatMap(({ model, environment, target }) =>
    [...target.claims(model, environment), projectName(model.name, environment.name)].map((claim) => ({
      claim,
      application: model.name,
    })),
  );
  const owners = new Map<string, string>();
  return claims.flatMap(({ claim: { key, path, field, got, write }, application }) => {
    const owner = owners.get(key) ?? application;
    owners.set(key, owner);
    return owner === application ? [] : [{ path, field, got, write: write(owner) }];
  });
}

/**
 * `a-b` in `c` and `a` in `b-c` have one name together with their environments: that of a compose project with its data, of
 * a Pulumi stack, and of what a GitOps controller reads.
 */
function projectName(application: string, environmentName: string): Claim {
  const got = `${application}-${environmentName}`;
  return {
    key: `project ${got}`,
    path: environmentPath(application, environmentName),
    field: 'name',
    got,
    write: (owner) =>
      `another name of the application or the environment: ${environmentPath(owner, got.slice(owner.length + 1))} has that`,
  };
}
