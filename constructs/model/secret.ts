import type { SecretFolder } from './storage';
import { secretsOf } from './template';
import type { Workload } from './workload';

/** Encrypted values that lie beside an application, by the name of the secret. */
export type Ciphertexts = Readonly<Record<string, string>>;

/** A Secret whose values SOPS has encrypted. Its checksum covers all of it, so that it is written as it is. */
export interface EncryptedSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** What the environment's source of secrets has beside the application. */
export type Encrypted =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'sealed';
      readonly values: Ciphertexts;
      /** How far the sealing binds: to name and namespace where there is none. */
      readonly annotations: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'sops'; readonly values: Ciphertexts }
  | { readonly kind: 'sops-secret'; readonly values: Ciphertexts; readonly object: EncryptedSecret };

/** The encrypted values; none where the source keeps its values elsewhere. */
export function ciphertextsOf(encrypted: Encrypted): Ciphertexts {
  return encrypted.kind === 'none' ? {} : encrypted.values;
}

/** The names of the secrets in variables, each as often as it is read. */
export function variableSecrets(environment: Workload['variables']): string[] {
  return Object.values(environment).flatMap(secretsOf);
}

/** The names of the secrets in files, folder by folder. */
export function fileSecrets(folders: readonly Pick<SecretFolder, 'files'>[]): string[] {
  return folders.flatMap(({ files }) => Object.values(files));
}

/** The names of the secrets that variables and files are made of, each as often as it is read. */
export function secretsRead(
  environment: Workload['variables'],
  folders: readonly Pick<SecretFolder, 'files'>[],
): string[] {
  return [...variableSecrets(environment), ...fileSecrets(folders)];
}

/** The names of the secrets that a workload reads, as variables or files, sorted. */
export function usedSecrets({ variables, secretFiles }: Workload): string[] {
  return [...new Set(secretsRead(variables, secretFiles))].sort();
}
