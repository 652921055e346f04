import { IssuesError } from '../issue';
import { checkCall } from '../shape/call';
import { hidden } from '../shape/hidden';
import { optional, type Kind, type Shape } from '../shape/kind';
import { options as optionsKind, variant } from '../shape/object';
import { duration } from '../shape/units';
import { oneOf, quoted, text } from '../shape/words';
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

const file = text("the path of a file, such as '.env'");
const name = text('a name as a text');

const otherSources = { none: {}, 'env-file': { file }, 'pulumi-config': {} };

const otherKind: Kind<OtherSource> = variant<OtherSource>(otherSources, 'envFile() or pulumiConfig()');

const storeEntries: Kind<StoreEntries> = variant<StoreEntries>(
  { each: { prefix: text() }, one: { key: text() } },
  "{ kind: 'each', prefix: '' }",
);

const anySource: Kind<SecretSource> = variant<SecretSource>(
  {
    ...otherSources,
    'existing-secret': { name },
    generated: { others: otherKind },
    'external-secrets': {
      store: name,
      storeKind: oneOf('ClusterSecretStore', 'SecretStore'),
      refresh: duration,
      entries: storeEntries,
    },
    'sealed-secrets': { file },
    sops: { file },
  },
  (value) => {
    if (!isName(value)) return 'a source, such as envFile()';
    return /[./]/.test(value)
      ? `envFile(${quoted(value)})`
      : `a source, such as existingSecret(${quoted(value)})`;
  },
);

const hiddenSource = hidden(anySource);

/** Whether a value looks like a path or a name. Anything else may be the secrets themselves, and is not shown. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w./-]{1,100}$/.test(value);
}

/** A source of secrets. */
export const secretsKind: Kind<SecretSource> = {
  optional: false,
  check: (value, field, problems) => {
    (isName(value) ? anySource : hiddenSource).check(value, field, problems);
  },
};

/**
 * Reads secrets from a file of `NAME=value` lines. A value with `#` or `$` is in single quotes. A value of several lines
 * is in quotes. An empty value counts as missing.
 *
 * @param path the path of the file, relative to the application's folder. @default .env
 * @throws IssuesError if the path is no text
 */
export function envFile(path = '.env'): SecretSource & { kind: 'env-file' } {
  checkCall('envFile', { file: path }, { file });
  return { kind: 'env-file', file: path };
}

/**
 * Uses a Kubernetes Secret that exists in the namespace; it has one key for each secret. Kubernetes only.
 *
 * @param secret the name of the Secret
 * @throws IssuesError if the name is no text
 */
export function existingSecret(secret: string): SecretSource & { kind: 'existing-secret' } {
  checkCall('existingSecret', { name: secret }, { name });
  return { kind: 'existing-secret', name: secret };
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

const generatedShape: Shape<GeneratedOptions> = { others: optional(otherKind) };

const generatedOptions = optionsKind(generatedShape, 'generated(), or generated({ others: envFile() })');

/**
 * Generates random secrets, such as the password of a database, at the first `pulumi up`. The state of the stack
 * keeps them encrypted, so they stay the same on every machine.
 *
 * @throws IssuesError if an option is wrong or unknown
 * @example docker({ secrets: generated({ others: envFile() }) })
 */
export function generated(options: GeneratedOptions = {}): SecretSource & { kind: 'generated' } {
  checkCall('generated', { options }, { options: generatedOptions });
  const { others = { kind: 'none' } } = options;
  return { kind: 'generated', others };
}

const externalShape: Shape<ExternalSecretsOptions> = {
  store: text("the name of the store, such as 'vault'"),
  kind: optional(oneOf('ClusterSecretStore', 'SecretStore')),
  refresh: optional(duration),
  prefix: optional(text("a prefix, such as 'shop/'")),
  key: optional(text("the name of an entry, such as 'shop/production'")),
};

const externalOptions = optionsKind(externalShape, "externalSecrets({ store: 'vault' })");

/**
 * Lets the External Secrets operator copy secrets from a store, such as Vault. Kubernetes only.
 *
 * @throws IssuesError if an option is wrong or unknown, or both `prefix` and `key` are there
 * @example kubernetes({ namespace: 'shop', secrets: externalSecrets({ store: 'vault', prefix: 'shop/' }) })
 */
export function externalSecrets(
  options: ExternalSecretsOptions,
): SecretSource & { kind: 'external-secrets' } {
  checkCall('externalSecrets', { options }, { options: externalOptions });
  const { store, kind, refresh, prefix, key } = options;
  if (prefix !== undefined && key !== undefined) {
    const write = 'one of them: key says that all secrets are in one entry, prefix that each has its own';
    const sentence = `prefix and key are both there: write ${write}`;
    throw new IssuesError([{ path: 'externalSecrets', field: 'prefix', got: prefix, write, sentence }]);
  }
  return {
    kind: 'external-secrets',
    store,
    storeKind: kind ?? 'ClusterSecretStore',
    refresh: refresh ?? Duration.minutes(60),
    entries: key === undefined ? { kind: 'each', prefix: prefix ?? '' } : { kind: 'one', key },
  };
}

/** The options of `sealedSecrets()` and `sops()`. */
export interface FileOptions {
  /** The file, relative to the application's folder. */
  readonly file: string;
}

const fileShape: Shape<FileOptions> = { file: text("the path of a file, such as 'secrets.yaml'") };

/**
 * Uses a SealedSecret: secrets that `kubeseal` encrypted for the controller in the cluster. `catamaran secrets`
 * prints the command that encrypts a secret. Kubernetes only.
 *
 * @param options.file the file of the SealedSecret, relative to the application's folder
 * @throws IssuesError if an option is wrong or unknown
 */
export function sealedSecrets(options: FileOptions): SecretSource & { kind: 'sealed-secrets' } {
  const shape = { options: optionsKind(fileShape, "sealedSecrets({ file: 'sealed.yaml' })") };
  checkCall('sealedSecrets', { options }, shape);
  return { kind: 'sealed-secrets', file: options.file };
}

/**
 * Reads secrets from a file that SOPS encrypted. On Docker, the file has one value for each name, as YAML, JSON or
 * `.env`. On Kubernetes, it is a Secret in YAML or JSON. `pulumi up` runs `sops` to decrypt it; with Flux, the
 * controller decrypts it.
 *
 * @param options.file the encrypted file, relative to the application's folder
 * @throws IssuesError if an option is wrong or unknown
 */
export function sops(options: FileOptions): SecretSource & { kind: 'sops' } {
  const shape = { options: optionsKind(fileShape, "sops({ file: 'secrets.yaml' })") };
  checkCall('sops', { options }, shape);
  return { kind: 'sops', file: options.file };
}
