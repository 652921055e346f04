import type { Issue } from '../../constructs/issue';
import type { GitOps } from '../../constructs/model/gitops';

/** Pulumi and a GitOps controller would own the same objects: what one does, the other undoes. */
export function controllerIssues(path: string, { kind }: GitOps): Issue[] {
  if (kind === 'none') return [];
  const write = 'no gitops in an environment that Pulumi deploys; here, commit what catamaran synth writes';
  return [{ path, field: 'gitops', got: kind, write }];
}
