import type { Environment } from '../environment/environment';
import type { Issue } from '../issue';
import { sharedPort } from '../model/network';
import { publications } from '../model/publication';
import type { ApplicationModel, Workload } from '../model/workload';

/** An application's model and the environment that it was made for. */
export interface Placed {
  readonly model: ApplicationModel;
  readonly environment: Environment;
}

/**
 * Finds ports of one host, or of the nodes of one cluster, that several applications publish at. Environments
 * share a host where they have the same name and the same engine or context.
 */
export function portConflicts(placed: readonly Placed[]): Issue[] {
  const taken = new Map<string, string>();
  return placed.flatMap(({ model, environment }) =>
    model.workloads.flatMap(publishedBy).flatMap(({ name, exposure }) => {
      const port = sharedPort(exposure);
      if (port === undefined) return [];
      const key = [exposure.kind, environment.name, hostOf(environment), port].join(' ');
      const owner = taken.get(key);
      taken.set(key, owner ?? model.name);
      if (owner === undefined || owner === model.name) return [];
      const write = `a port that ${owner} has not taken in ${environment.name}`;
      return [{ path: `${model.name}/${name}`, field: 'publish', got: port, write }];
    }),
  );
}

function publishedBy(workload: Workload) {
  return publications(workload).map(({ exposure }) => ({ name: workload.name, exposure }));
}

function hostOf(environment: Environment): string {
  return (environment.target === 'docker' ? environment.host : environment.context) ?? '';
}

/** Finds namespaces of one cluster that several applications would have as their own, network policy included. */
export function namespaceConflicts(placed: readonly Placed[]): Issue[] {
  const owners = new Map<string, string>();
  return placed.flatMap(({ model, environment }) => {
    if (environment.target !== 'kubernetes') return [];
    const { namespace: got } = environment;
    const key = [environment.name, hostOf(environment), got].join(' ');
    const owner = owners.get(key) ?? model.name;
    owners.set(key, owner);
    if (owner === model.name) return [];
    const path = `${model.name} (${environment.name})`;
    return [{ path, field: 'namespace', got, write: `one of its own: ${owner} has that` }];
  });
}

/**
 * Finds applications that have one name together with their environments, as `a-b` in `c` and `a` in `b-c`: that
 * is the name of a compose project with its data, of a Pulumi stack, and of what a controller is told.
 */
export function projectConflicts(placed: readonly Placed[]): Issue[] {
  const owners = new Map<string, string>();
  return placed.flatMap(({ model, environment }) => {
    const got = `${model.name}-${environment.name}`;
    const path = `${model.name} (${environment.name})`;
    const owner = owners.get(got) ?? path;
    owners.set(got, owner);
    if (owner === path) return [];
    const write = `another name of the application or the environment: ${owner} has that`;
    return [{ path, field: 'name', got, write }];
  });
}
