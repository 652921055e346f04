import { requireObject } from '../issue';
import { Duration } from '../model/units';

/** Where the values of an application's secrets come from. */
export type SecretSource =
  | { readonly kind: 'none' }
  /** A file of `NAME=value` lines, relative to the application's folder. It is read only for a deployment. */
  | { readonly kind: 'env-file'; readonly file: string }
  /** A Kubernetes Secret that exists already. */
  | { readonly kind: 'existing-secret'; readonly name: string }
  /** Secret configuration of the Pulumi stack, with the key `secrets:NAME`. */
  | { readonly kind: 'pulumi-config' }
  /** Generated once and kept, encrypted, in the state of the Pulumi stack; `others` provides the rest. */
  | { readonly kind: 'generated'; readonly others: OtherSource }
  /** A store that the External Secrets operator reads. */
  | {
      readonly kind: 'external-secrets';
      readonly store: string;
      readonly storeKind: 'ClusterSecretStore' | 'SecretStore';
      readonly refresh: Duration;
      readonly entries: StoreEntries;
    }
  /** A SealedSecret in a file, relative to the application's folder. */
  | { readonly kind: 'sealed-secrets'; readonly file: string }
  /** A file that SOPS has encrypted, relative to the application's folder. */
  | { readonly kind: 'sops'; readonly file: string };

/** A source of the secrets that cannot be generated, such as an API key. */
export type OtherSource = SecretSource & { readonly kind: 'none' | 'env-file' | 'pulumi-config' };

/** How a store holds the secrets: one entry for each secret, or all as properties of one entry. */
export type StoreEntries =
  { readonly kind: 'each'; readonly prefix: string } | { readonly kind: 'one'; readonly key: string };

/** Where the External Secrets operator finds the secrets of an application. */
export interface ExternalSecretsOptions {
  /** The name of the ClusterSecretStore or SecretStore. */
  readonly store: string;
  /** The kind of the store. @default ClusterSecretStore */
  readonly kind?: 'ClusterSecretStore' | 'SecretStore';
  /** How often the operator reads the store again. @default 1 hour */
  readonly refresh?: Duration;
  /**
   * A prefix for the names of the entries: with `shop/`, the secret `TOKEN` is the entry `shop/TOKEN`.
   * @default none
   */
  readonly prefix?: string;
  /**
   * The one entry that holds all secrets as properties, such as `shop/production`.
   * @default none: each secret is an entry
   */
  readonly key?: string;
}

/** The files of secrets of all environments of a stack, by each of its environments. */
const filesByEnvironment = new WeakMap<object, readonly string[]>();

/** Keeps the files of secrets of a stack's environments: no image may contain the file of any of them. */
export function keepSecretFiles(environments: readonly { readonly secrets: SecretSource }[]): void {
  const files = environments.flatMap(({ secrets }) => envFileOf(secrets) ?? []);
  for (const environment of environments) filesByEnvironment.set(environment, files);
}

/** The files of secrets of an environment and of the others of its stack, relative to the application's folder. */
export function secretFilesOf(environment: { readonly secrets: SecretSource }): string[] {
  const own = envFileOf(environment.secrets);
  return [...new Set([...(own === undefined ? [] : [own]), ...(filesByEnvironment.get(environment) ?? [])])];
}

/** The file of `NAME=value` lines that a source reads, relative to the application's folder; undefined without one. */
export function envFileOf(source: SecretSource): string | undefined {
  const own = source.kind === 'generated' ? source.others : source;
  return own.kind === 'env-file' ? own.file : undefined;
}

/**
 * Reads secrets from a file of `NAME=value` lines. A value with `#` or `$` is in single quotes. A value of several lines
 * is in quotes. An empty value counts as missing.
 *
 * @param file the path of the file, relative to the application's folder. @default .env
 */
export function envFile(file = '.env'): SecretSource & { kind: 'env-file' } {
  return { kind: 'env-file', file };
}

/**
 * Uses a Kubernetes Secret that exists in the namespace; it has one key for each secret. Kubernetes only.
 *
 * @param name the name of the Secret
 */
export function existingSecret(name: string): SecretSource & { kind: 'existing-secret' } {
  return { kind: 'existing-secret', name };
}

/** Reads secrets from the configuration of the Pulumi stack. Set one with `pulumi config set --secret secrets:NAME`. */
export function pulumiConfig(): SecretSource & { kind: 'pulumi-config' } {
  return { kind: 'pulumi-config' };
}

/** The options of `generated()`. */
export interface GeneratedOptions {
  /** The source of secrets that cannot be generated, such as an API key. @default none */
  readonly others?: OtherSource;
}

/**
 * Generates random secrets, such as the password of a database, at the first `pulumi up`. The state of the stack
 * keeps them encrypted, so they stay the same on every machine.
 *
 * @throws IssuesError if the options are not an object
 * @example docker({ secrets: generated({ others: envFile() }) })
 */
export function generated(options: GeneratedOptions = {}): SecretSource & { kind: 'generated' } {
  const { others = { kind: 'none' } } = requireObject(
    options,
    'generated',
    'generated(), or generated({ others: envFile() })',
  );
  return { kind: 'generated', others };
}

/**
 * Lets the External Secrets operator copy secrets from a store, such as Vault. Kubernetes only.
 *
 * @throws IssuesError if the options are missing
 * @example kubernetes({ namespace: 'shop', secrets: externalSecrets({ store: 'vault', prefix: 'shop/' }) })
 */
export function externalSecrets(
  options: ExternalSecretsOptions,
): SecretSource & { kind: 'external-secrets' } {
  const { store, kind, refresh, prefix, key } = requireObject(
    options,
    'externalSecrets',
    "externalSecrets({ store: 'vault' })",
  );
  return {
    kind: 'external-secrets',
    store,
    storeKind: kind ?? 'ClusterSecretStore',
    refresh: refresh ?? Duration.minutes(60),
    entries: key === undefined ? { kind: 'each', prefix: prefix ?? '' } : { kind: 'one', key },
  };
}

/**
 * Uses a SealedSecret: secrets that `kubeseal` encrypted for the controller in the cluster. `catamaran secrets`
 * prints the command that encrypts a secret. Kubernetes only.
 *
 * @param options.file the file of the SealedSecret, relative to the application's folder
 * @throws IssuesError if the options are missing
 */
export function sealedSecrets(options: { readonly file: string }): SecretSource & { kind: 'sealed-secrets' } {
  const { file } = requireObject(options, 'sealedSecrets', "sealedSecrets({ file: 'sealed.yaml' })");
  return { kind: 'sealed-secrets', file };
}

/**
 * Reads secrets from a file that SOPS encrypted. On Docker, the file has one value for each name, as YAML, JSON or
 * `.env`. On Kubernetes, it is a Secret in YAML or JSON. `pulumi up` runs `sops` to decrypt it; with Flux, the
 * controller decrypts it.
 *
 * @param options.file the encrypted file, relative to the application's folder
 * @throws IssuesError if the options are missing
 */
export function sops(options: { readonly file: string }): SecretSource & { kind: 'sops' } {
  const { file } = requireObject(options, 'sops', "sops({ file: 'secrets.yaml' })");
  return { kind: 'sops', file };
}
