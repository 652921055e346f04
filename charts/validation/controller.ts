import type { Issue } from '../../constructs/issue';
import type { GitOps } from '../../constructs/model/gitops';

/** Refuses to deploy an environment with a GitOps controller by Pulumi: each would undo what the other does to the objects. */
export function controllerIssues(path: string, { kind }: GitOps): Issue[] {
  if (kind === 'none') return [];
  const write = 'no gitops in an environment that Pulumi deploys; here, commit what catamaran synth writes';
  return [{ path, field: 'gitops', got: kind, write }];
}
