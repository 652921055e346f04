import type { KubernetesSpec } from '../../constructs/environment/kubernetes';
import { ciphertextsOf, usedSecrets } from '../../constructs/model/secret';
import type { Workload } from '../../constructs/model/workload';
import { goDuration } from '../../constructs/target/amounts';
import { contentHash } from '../../constructs/target/hash';
import { manifest, type Context } from './context';
import type { Manifest } from '../manifest';

type ExternalSource = Extract<KubernetesSpec['secrets'], { readonly kind: 'external-secrets' }>;

/** The name of the Secret that holds all secrets of an application. */
export function applicationSecret(application: string, { secrets }: Pick<KubernetesSpec, 'secrets'>): string {
  return secrets.kind === 'existing-secret' ? secrets.name : `${application}-secrets`;
}

/**
 * The name of the Secret that holds one secret. The External Secrets operator makes two: it either needs every entry of a
 * Secret in its store, or none of them.
 */
export function secretOf(
  secret: string,
  { model, environment, secretName }: Pick<Context, 'model' | 'environment' | 'secretName'>,
): string {
  const isApart =
    environment.secrets.kind === 'external-secrets' && Object.hasOwn(model.secretDefaults, secret);
  return isApart ? `${secretName}-optional` : secretName;
}

/** The annotation of a pod with a hash of its secrets. When the hash changes, the pod is replaced. */
export const secretsAnnotation = 'catamaran.secrets';

/** The object from which a controller in the cluster creates the application's Secret. Empty if no controller does. */
export function secretObjects(context: Context): Manifest[] {
  const { model, environment, secretName } = context;
  if (model.secrets.length === 0) return [];
  if (environment.secrets.kind === 'external-secrets') return externalSecrets(environment.secrets, context);
  if (model.encrypted.kind !== 'sealed') return [];
  const { values, annotations } = model.encrypted;
  const used = Object.entries(values).filter(([name]) => model.secrets.includes(name));
  const made = manifest(context, 'bitnami.com/v1alpha1', 'SealedSecret', secretName, {
    spec: {
      encryptedData: Object.fromEntries(used),
      template: {
        metadata: { name: secretName, namespace: environment.namespace, annotations },
        type: 'Opaque',
      },
    },
  });
  return [
    {
      ...made,
      metadata: { ...made.metadata, annotations: { ...made.metadata.annotations, ...annotations } },
    },
  ];
}

/** The annotation of a pod with a hash of its encrypted secrets. Empty if the ciphertexts are not known. */
export function secretAnnotations(workload: Workload, { model }: Context): Readonly<Record<string, string>> {
  const ciphertexts = ciphertextsOf(model.encrypted);
  const used = usedSecrets(workload).flatMap((name) => ciphertexts[name] ?? []);
  return used.length > 0 ? { [secretsAnnotation]: contentHash(used) } : {};
}

function externalSecrets(source: ExternalSource, context: Context): Manifest[] {
  const { secrets } = context.model;
  const names = [...new Set(secrets.map((secret) => secretOf(secret, context)))].sort();
  return names.map((name) =>
    externalSecret(
      source,
      name,
      secrets.filter((secret) => secretOf(secret, context) === name),
      context,
    ),
  );
}

function externalSecret(
  { store, storeKind, refresh, entries }: ExternalSource,
  secretName: string,
  secrets: readonly string[],
  context: Context,
): Manifest {
  // With `Delete`, the operator leaves out what its store does not have; with `Retain`, it makes nothing.
  const deletionPolicy = secretName === context.secretName ? 'Retain' : 'Delete';
  // Default values are included, so that the written object equals the object in the cluster.
  const policies = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
  return manifest(context, 'external-secrets.io/v1', 'ExternalSecret', secretName, {
    spec: {
      refreshInterval: goDuration(refresh.milliseconds),
      secretStoreRef: { kind: storeKind, name: store },
      target: { name: secretName, creationPolicy: 'Owner', deletionPolicy },
      data: secrets.map((name) => ({
        secretKey: name,
        remoteRef:
          entries.kind === 'one'
            ? { key: entries.key, property: name, ...policies }
            : { key: `${entries.prefix}${name}`, ...policies },
      })),
    },
  });
}
