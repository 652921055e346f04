import { comment, toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
import { encryptedGroup, type ObjectFile } from './group';
import type { KubernetesPlan } from './plan';

/**
 * The files of a plan. Their names sort so that one `kubectl apply` of the folder succeeds. Files for a GitOps controller
 * are in a subfolder.
 */
export function objectFiles({ groups, own, encrypted, delivery }: KubernetesPlan): ObjectFile[] {
  const secrets = encrypted.length > 0 ? [{ name: encryptedGroup, objects: encrypted }] : [];
  return [...groups, ...own, ...secrets, ...delivery];
}

/** The text of each file by path. @param heading the comment at the start of each file */
export function manifestFiles(plan: KubernetesPlan, heading: string): Record<string, string> {
  return Object.fromEntries(
    objectFiles(plan).map((file) => [`${file.name}.yaml`, toYamlDocuments(documents(file, heading))]),
  );
}

function documents({ name, objects }: ObjectFile, heading: string): readonly YamlMap[] {
  const all = objects as unknown as readonly YamlMap[];
  // SOPS also encrypts comments, and would warn about a comment that is not encrypted.
  return name === encryptedGroup ? all : all.map((one, index) => (index > 0 ? one : headed(one, heading)));
}

function headed(object: YamlMap, heading: string): YamlMap {
  return { [comment]: heading, ...object };
}
