import type { Issue } from '../../constructs/issue';
import { componentPath } from '../../constructs/model/path';
import type { ApplicationModel, Workload } from '../../constructs/model/workload';

/** Refuses secrets in folders that cannot be a volume: an engine of this version can mount no part of a volume. */
export function addedSecretIssues({ name: application, workloads }: ApplicationModel): Issue[] {
  return workloads.flatMap((workload) =>
    workload.addedSecrets.flatMap(({ path, files }) => {
      const reason = reasonFor(path, workload);
      if (reason === undefined) return [];
      const [file = ''] = Object.keys(files);
      const got = `${path === '/' ? '' : path}/${file}`;
      const write = `a file in a folder of its own, such as /run/secrets/${file}`;
      const sentence =
        `secretFiles has ${JSON.stringify(got)}, but on Docker its folder ${path} becomes a volume, and ${reason}: ` +
        `write ${write}`;
      return [
        { path: componentPath(application, workload.name), field: 'secretFiles', got, write, sentence },
      ];
    }),
  );
}

function reasonFor(folder: string, workload: Workload): string | undefined {
  if (folder === '/') return 'the root cannot be one';
  const { volumes, sharedVolumes, bindMounts, scratch } = workload;
  const inner = [...volumes, ...sharedVolumes, ...bindMounts, ...scratch].find(({ path }) =>
    path.startsWith(`${folder}/`),
  );
  return inner === undefined ? undefined : `${inner.path}, which is in it, is mounted as well`;
}
