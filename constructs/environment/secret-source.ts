import { requireObject } from '../issue';
import { Duration } from '../model/units';

/** Where the values of secrets come from. */
export type SecretSource =
  | { readonly kind: 'none' }
  /** Lines of `NAME=value` in a file, relative to the application's folder; it is read only to deploy. */
  | { readonly kind: 'env-file'; readonly file: string }
  /** A Kubernetes Secret that somebody else keeps. */
  | { readonly kind: 'existing-secret'; readonly name: string }
  /** Secret configuration of the Pulumi stack, as `secrets:NAME`. */
  | { readonly kind: 'pulumi-config' }
  /** Made once, and kept in the state of the Pulumi stack, encrypted; what cannot be made up is from `others`. */
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

/** A source for what cannot be generated. */
export type OtherSource = SecretSource & { readonly kind: 'none' | 'env-file' | 'pulumi-config' };

/** How a store holds the secrets: each as an entry of its own, or all as properties of one. */
export type StoreEntries =
  { readonly kind: 'each'; readonly prefix: string } | { readonly kind: 'one'; readonly key: string };

/** How the External Secrets operator finds the secrets of an application. */
export interface ExternalSecretsOptions {
  /** The name of the store. */
  readonly store: string;
  /** @default ClusterSecretStore */
  readonly kind?: 'ClusterSecretStore' | 'SecretStore';
  /** How often the operator looks. @default every hour */
  readonly refresh?: Duration;
  /** Comes before each secret's name to make the name of its entry, such as `shop/`. @default nothing */
  readonly prefix?: string;
  /** The one entry that has each secret as a property, such as `shop/production`. @default an entry for each */
  readonly key?: string;
}

/** Secrets from a file of `NAME=value` lines, relative to the application's folder. */
export function envFile(file = '.env'): SecretSource & { kind: 'env-file' } {
  return { kind: 'env-file', file };
}

/** Secrets from one Kubernetes Secret in the namespace, with a key for each. */
export function existingSecret(name: string): SecretSource & { kind: 'existing-secret' } {
  return { kind: 'existing-secret', name };
}

/** Secrets from the Pulumi stack: `pulumi config set --secret secrets:NAME`. */
export function pulumiConfig(): SecretSource & { kind: 'pulumi-config' } {
  return { kind: 'pulumi-config' };
}

/**
 * Random secrets, such as a database's password, that the first `pulumi up` makes. They stay the same on every
 * machine, as they are kept in the state of the stack, encrypted.
 * @param options.others where a secret comes from that nobody can make up, such as an API key. @default none
 */
export function generated(options: { readonly others?: OtherSource } = {}): SecretSource & {
  kind: 'generated';
} {
  const { others = { kind: 'none' } } = requireObject(
    options,
    'generated',
    'nothing, or { others: envFile() }',
  );
  return { kind: 'generated', others };
}

/** Secrets that the External Secrets operator brings from a store, such as Vault. Kubernetes only. */
export function externalSecrets(
  options: ExternalSecretsOptions,
): SecretSource & { kind: 'external-secrets' } {
  const { store, kind, refresh, prefix, key } = requireObject(
    options,
    'externalSecrets',
    "{ store: 'vault' }",
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
 * Secrets that kubeseal has encrypted for the cluster's controller, in a SealedSecret beside the application.
 * `catamaran secrets` says how to seal. Kubernetes only.
 */
export function sealedSecrets(options: { readonly file: string }): SecretSource & { kind: 'sealed-secrets' } {
  const { file } = requireObject(options, 'sealedSecrets', "{ file: 'sealed.yaml' }");
  return { kind: 'sealed-secrets', file };
}

/**
 * Secrets in a file that SOPS has encrypted, beside the application. On Docker it has a value for each name, as
 * YAML, JSON or `.env`; on Kubernetes it is a Secret in YAML or JSON, which Flux decrypts. `pulumi up` runs `sops`.
 */
export function sops(options: { readonly file: string }): SecretSource & { kind: 'sops' } {
  const { file } = requireObject(options, 'sops', "{ file: 'secrets.yaml' }");
  return { kind: 'sops', file };
}
