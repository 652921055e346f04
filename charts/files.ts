import { comment, toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
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

/** The text of each file. @param heading of each file */
export function manifestFiles(plan: KubernetesPlan, heading: string): Record<string, string> {
  return Object.fromEntries(
    objectFiles(plan).map((file) => [`${file.name}.yaml`, toYamlDocuments(documents(file, heading))]),
  );
}

function documents({ name, objects }: ObjectFile, heading: string): readonly YamlMap[] {
  const all = objects as unknown as readonly YamlMap[];
  // SOPS reads comments as a part of what it has encrypted, and would warn that this one is in the clear.
  return name === encryptedGroup ? all : all.map((one, index) => (index > 0 ? one : headed(one, heading)));
}

function headed(object: YamlMap, heading: string): YamlMap {
  return { [comment]: heading, ...object };
}
