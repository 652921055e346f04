import type { EncryptedSecret } from '../constructs/model/secret';
import { toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
import type { Manifest } from './manifest';
import { encryptedGroup, type KubernetesPlan } from './plan';

/** The objects of one file. */
export interface ObjectFile {
  readonly name: string;
  readonly objects: readonly (Manifest | EncryptedSecret)[];
}

/** The files of a plan, in an order in which one `kubectl apply` of the folder succeeds. */
export function objectFiles({ groups, encrypted }: KubernetesPlan): ObjectFile[] {
  return [...groups, ...(encrypted.length > 0 ? [{ name: encryptedGroup, objects: encrypted }] : [])];
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
