import { toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
import type { KubernetesPlan } from './plan';

/** One file of manifests for each group, in an order in which one `kubectl apply` of the folder succeeds. */
export function manifestFiles(plan: KubernetesPlan): Record<string, string> {
  return Object.fromEntries(
    plan.groups.map(({ name, objects }) => [
      `${name}.yaml`,
      toYamlDocuments(objects as unknown as YamlMap[]),
    ]),
  );
}
