import type { Issue } from '../../constructs/issue';
import type { ApplicationModel } from '../../constructs/model/workload';

/** Refuses bind mounts on an engine of another machine: that machine does not have the folders of the application. */
export function hostIssues(path: string, host: string | undefined, { workloads }: ApplicationModel): Issue[] {
  const names = workloads.filter(({ bindMounts }) => bindMounts.length > 0).map(({ name }) => name);
  if (host === undefined || host.startsWith('unix://') || names.length === 0) return [];
  const write = `the engine of this machine, because the bindMounts of ${names.join(', ')} are folders of this machine`;
  return [{ path, field: 'host', got: host, write }];
}
