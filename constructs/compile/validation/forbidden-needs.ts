import type { Environment } from '../../environment/environment';
import type { Issue } from '../../issue';
import { needsOf } from '../../model/needs';
import { componentPath } from '../../model/path';
import type { ApplicationModel } from '../../model/workload';

/** Reports what components need and their environment forbids. */
export function forbiddenNeeds(
  { name: application, workloads }: ApplicationModel,
  { name: environment, forbid }: Environment,
): Issue[] {
  return workloads.flatMap((workload) =>
    needsOf(workload)
      .filter(({ name }) => forbid.includes(name))
      .map(({ name, field, words }): Issue => {
        const write = `a component without this need, or take '${name}' out of forbid in environment ${environment}`;
        const sentence = `${field}: ${workload.name} ${words}, and environment ${environment} forbids ${name}: write ${write}`;
        return { path: componentPath(application, workload.name), field, got: words, write, sentence };
      }),
  );
}
