import type { Issue } from '../issue';
import { componentPath } from '../model/path';

/** A rendered object, and the workload that it belongs to. */
export interface OwnedObject {
  readonly workload: string;
  /** Kind and name of the object, such as `Service api`. */
  readonly title: string;
}

/**
 * Finds objects of two workloads with the same kind and name: the second would replace the first. An example is the
 * Service of a workload `api-public`, and the public Service of `api`.
 */
export function nameClashes(application: string, objects: readonly OwnedObject[]): Issue[] {
  const owners = new Map<string, string>();
  return objects.flatMap(({ workload, title }) => {
    const owner = owners.get(title) ?? workload;
    owners.set(title, owner);
    if (owner === workload) return [];
    const write = `another name, because ${owner} has a ${title} as well`;
    return [{ path: componentPath(application, workload), field: 'name', got: workload, write }];
  });
}
