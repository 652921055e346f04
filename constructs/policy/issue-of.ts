import { sentenceOf, type Issue } from '../issue';
import { componentPath, environmentPath } from '../model/path';
import type { ApplicationModel } from '../model/workload';
import type { Violation } from './policy';

/**
 * The issue for a violation. Its sentence names the object, if there is one. An object that belongs to no component has
 * the path of the environment.
 */
export function issueOf(
  { name, environmentName, workloads }: ApplicationModel,
  { workload, object, ...problem }: Violation,
): Issue {
  const own = workloads.find((one) => one.name === workload);
  const path = own ? componentPath(name, own.name) : environmentPath(name, environmentName);
  if (object === undefined) return { path, ...problem };
  return { path, ...problem, sentence: `${object} ${sentenceOf({ path, ...problem })}` };
}
