import type { Environment } from './environment';
import type { Issue } from './issue';
import { sharedPort } from './model/network';
import { publications } from './model/publication';
import type { ApplicationModel, Workload } from './model/workload';

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
