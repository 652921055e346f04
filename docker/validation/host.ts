import type { Issue } from '../../constructs/issue';
import type { ApplicationModel } from '../../constructs/model/workload';

/** Bind mounts are folders of the engine's own machine: an engine elsewhere does not have those of the application. */
export function hostIssues(path: string, host: string | undefined, { workloads }: ApplicationModel): Issue[] {
  const names = workloads.filter(({ bindMounts }) => bindMounts.length > 0).map(({ name }) => name);
  if (host === undefined || host.startsWith('unix://') || names.length === 0) return [];
  const write = `the engine of this machine, because the bindMounts of ${names.join(', ')} are folders of this machine`;
  return [{ path, field: 'host', got: host, write }];
}
