import type { Issue } from '../issue';
import { environmentPath, deployedName } from '../model/path';
import type { Claim } from '../target/claims';
import type { Planned } from './plan';

/** The parts of a planned application that the search for conflicts needs. */
export type Claimant = Pick<Planned, 'model' | 'environment' | 'target'>;

/**
 * Finds things that several applications use but only one can have: a port of a host, a namespace, or a name. Two
 * environments are on the same host or cluster if they have the same name and the same engine or kubectl context.
 */
export function conflicts(planned: readonly Claimant[]): Issue[] {
  const claims = planned.flatMap(({ model, environment, target }) =>
    [...target.claims(model, environment), projectName(model.name, environment.name)].map((claim) => ({
      claim,
      application: model.name,
    })),
  );
  const owners = new Map<string, string>();
  return claims.flatMap(({ claim, application }): Issue[] => {
    const { key, path, field, got, write, sentence } = claim;
    const owner = owners.get(key) ?? application;
    owners.set(key, owner);
    if (owner === application) return [];
    return [{ path, field, got, write: write(owner), ...(sentence && { sentence: sentence(owner) }) }];
  });
}

/**
 * The name of an application together with its environment. The application `a-b` in environment `c` and the
 * application `a` in environment `b-c` have the same name `a-b-c`. The compose project with its data, the Pulumi stack,
 * and the objects of Argo CD and Flux have this name.
 */
function projectName(application: string, environmentName: string): Claim {
  const got = deployedName(application, environmentName);
  const other = (owner: string) => environmentPath(owner, got.slice(owner.length + 1));
  const write = 'another name of the application or of the environment';
  return {
    key: `project ${got}`,
    path: environmentPath(application, environmentName),
    field: 'name',
    got,
    write: () => write,
    sentence: (owner) =>
      `name and environment together are ${JSON.stringify(got)}, like those of ${other(owner)}: write ${write}`,
  };
}
