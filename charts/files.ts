import { toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
import { encryptedGroup, type ObjectFile } from './group';
import type { KubernetesPlan } from './plan';

/**
 * The files of a plan, in an order in which one `kubectl apply` of the folder succeeds, and those of its
 * controller in a folder below.
 */
export function objectFiles({ groups, encrypted, delivery }: KubernetesPlan): ObjectFile[] {
  const secrets = encrypted.length > 0 ? [{ name: encryptedGroup, objects: encrypted }] : [];
  return [...groups, ...secrets, ...delivery];
}

/** The text of each file. */
export function manifestFiles(plan: KubernetesPlan): Record<string, string> {
  return Object.fromEntries(
    objectFiles(plan).map(({ name, objects }) => [
      `${name}.yaml`,
      toYamlDocuments(objects as unknown as YamlMap[]),
    ]),
  );
}
