import type { Issue } from '../issue';

/** An object of a target, and the workload that it belongs to. */
export interface OwnedObject {
  readonly workload: string;
  /** In the target's words, as `Service api`. */
  readonly title: string;
}

/**
 * Finds objects of two workloads that have one name, such as the Service of `api-public` and that at which `api`
 * is published: there would be the last of them alone.
 */
export function nameClashes(application: string, objects: readonly OwnedObject[]): Issue[] {
  const owners = new Map<string, string>();
  return objects.flatMap(({ workload, title }) => {
    const owner = owners.get(title) ?? workload;
    owners.set(title, owner);
    if (owner === workload) return [];
    const write = `another name: ${title} is one of ${owner} and of ${workload}`;
    return [{ path: `${application}/${workload}`, field: 'name', got: workload, write }];
  });
}
