import type { ImageModel } from './image';
import type { SecretFolder } from './storage';
import { secretsOf, type Template } from './template';

/** The parts of a workload that read secrets: variables and files. */
interface SecretReader {
  readonly variables: Variables;
  readonly secretFiles: readonly SecretFolder[];
  readonly addedSecrets: readonly SecretFolder[];
}

type Variables = Readonly<Record<string, Template>>;

/** Encrypted values of secrets, by secret name. */
export type Ciphertexts = Readonly<Record<string, string>>;

/** A Kubernetes Secret that SOPS encrypted. It is written unchanged, because its checksum covers the whole object. */
export interface EncryptedSecret {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** The encrypted file that the environment takes its secrets from, if there is one. */
export type Encrypted =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'sealed';
      readonly values: Ciphertexts;
      /**
       * The scope of the SealedSecret. Without annotations, the values are bound to the name and namespace of the
       * Secret.
       */
      readonly annotations: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'sops'; readonly values: Ciphertexts }
  | { readonly kind: 'sops-secret'; readonly values: Ciphertexts; readonly object: EncryptedSecret };

/** The encrypted values; empty if the secrets do not come from an encrypted file. */
export function ciphertextsOf(encrypted: Encrypted): Ciphertexts {
  return encrypted.kind === 'none' ? {} : encrypted.values;
}

/** The names of the secrets in variables; a name appears as often as it is used. */
export function variableSecrets(variables: Variables): string[] {
  return Object.values(variables).flatMap(secretsOf);
}

/** The names of the secrets in files; a name appears as often as it is used. */
export function fileSecrets(folders: readonly Pick<SecretFolder, 'files'>[]): string[] {
  return folders.flatMap(({ files }) => Object.values(files));
}

/** The names of the secrets in variables and files; a name appears as often as it is used. */
export function secretsRead(variables: Variables, folders: readonly Pick<SecretFolder, 'files'>[]): string[] {
  return [...variableSecrets(variables), ...fileSecrets(folders)];
}

/** The names of the secrets that a workload uses, in variables or files; sorted, each once. */
export function usedSecrets({ variables, secretFiles, addedSecrets }: SecretReader): string[] {
  return [...new Set(secretsRead(variables, [...secretFiles, ...addedSecrets]))].sort();
}

/**
 * The names of the secrets that only the build of an image reads, sorted, each once. A running workload does not get them,
 * so they are in no Secret of a cluster, and nobody needs them where the image is built already.
 */
export function buildSecrets(images: readonly ImageModel[]): string[] {
  const names = images.flatMap((image) => (image.kind === 'build' ? Object.values(image.secrets) : []));
  return [...new Set(names)].sort();
}
