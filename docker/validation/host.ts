import type { DockerSpec } from '../../constructs/environment/docker';
import type { Issue } from '../../constructs/issue';
import type { ApplicationModel } from '../../constructs/model/workload';

/** Refuses bind mounts on an engine of another machine: that machine does not have the folders of the application. */
export function hostIssues(path: string, host: string | undefined, { workloads }: ApplicationModel): Issue[] {
  const names = workloads.filter(({ bindMounts }) => bindMounts.length > 0).map(({ name }) => name);
  if (host === undefined || host.startsWith('unix://') || names.length === 0) return [];
  const write = `the engine of this machine, because the bindMounts of ${names.join(', ')} are folders of this machine`;
  return [{ path, field: 'host', got: host, write }];
}

/** Refuses to deploy services in compose's own form with Pulumi, which knows no such form. */
export function serviceIssues(path: string, services: DockerSpec['services']): Issue[] {
  const names = Object.keys(services);
  if (names.length === 0) return [];
  const write = 'docker compose up with the written compose.yaml, or components in their place';
  const sentence = `services has ${names.join(', ')}, which only compose can make, and not Pulumi: write ${write}`;
  return [{ path, field: 'services', got: names, write, sentence }];
}
