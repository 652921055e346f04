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
 * Finds ports that several applications publish on the same host, or on the nodes of the same cluster. Environments
 * with the same name and the same engine or context share a host.
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
      const write = `another port, because ${owner} publishes this one in ${environment.name}`;
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

/** Finds namespaces that several applications use in the same cluster: each application needs one of its own. */
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
    return [{ path, field: 'namespace', got, write: `another namespace, because ${owner} uses this one` }];
  });
}

/**
 * Finds applications that have the same name when their environment is added, as `a-b` in `c` and `a` in `b-c`. That
 * name is used for the compose project with its data, for the Pulumi stack, and for the objects of Argo CD and Flux.
 */
export function projectConflicts(placed: readonly Placed[]): Issue[] {
  const owners = new Map<string, string>();
  return placed.flatMap(({ model, environment }) => {
    const got = `${model.name}-${environment.name}`;
    const path = `${model.name} (${environment.name})`;
    const owner = owners.get(got) ?? path;
    owners.set(got, owner);
    if (owner === path) return [];
    const write = 'another name of the application or of the environment';
    const sentence = `name and environment together are ${JSON.stringify(got)}, like those of ${owner}: write ${write}`;
    return [{ path, field: 'name', got, write, sentence }];
  });
}
