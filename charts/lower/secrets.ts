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

/** Changes with the secrets that a pod reads, and so replaces it. */
export const secretsAnnotation = 'catamaran.secrets';

/** What a controller in the cluster makes the application's Secret of; nothing where somebody else brings it. */
export function secretObjects(context: Context): Manifest[] {
  const { model, environment, secretName } = context;
  if (model.secrets.length === 0) return [];
  if (environment.secrets.kind === 'external-secrets') return [externalSecret(environment.secrets, context)];
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

/** The annotation of a pod whose secrets are beside the application, encrypted: it changes with them. */
export function secretAnnotations(workload: Workload, { model }: Context): Readonly<Record<string, string>> {
  const ciphertexts = ciphertextsOf(model.encrypted);
  const used = usedSecrets(workload).flatMap((name) => ciphertexts[name] ?? []);
  return used.length > 0 ? { [secretsAnnotation]: contentHash(used) } : {};
}

function externalSecret({ store, storeKind, refresh, entries }: ExternalSource, context: Context): Manifest {
  const { model, secretName } = context;
  // The defaults are written out, so that nothing differs when the object is read back.
  const policies = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
  return manifest(context, 'external-secrets.io/v1', 'ExternalSecret', secretName, {
    spec: {
      refreshInterval: goDuration(refresh.milliseconds),
      secretStoreRef: { kind: storeKind, name: store },
      target: { name: secretName, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: model.secrets.map((name) => ({
        secretKey: name,
        remoteRef:
          entries.kind === 'one'
            ? { key: entries.key, property: name, ...policies }
            : { key: `${entries.prefix}${name}`, ...policies },
      })),
    },
  });
}
